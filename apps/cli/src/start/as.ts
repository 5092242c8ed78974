import { type Role, roles } from '@minnaken/domain'
import { type Command, InputError, PlatformError, print } from '../command.ts'
import { type Answer, call, notThere } from '../people/call.ts'
import { localUrls } from '../platform/addresses.ts'
import { type ServiceName, type ServiceUrls, serviceNames } from '../platform/services.ts'
import { type Accounts, openPhone, openTill, readAccounts, signInAs } from './accounts.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

export const command: Command = {
  usage: "as ROLE METHOD PATH ['JSON']",
  summary:
    '試し用の人として、動いている みんな券 に一つ頼みます。$CODE は新しい支払コード、$SHOP は試し用の店 / Asks the running platform as an invented person.',
  async run(args) {
    const [roleText, method = '', path = '', json] = args
    const role = roles.find((each) => each === roleText?.replace('-', '_'))
    if (role === undefined) throw new InputError(`ROLE: ${roles.join(', ')}`)
    if (!methods.includes(method)) throw new InputError(`METHOD: ${methods.join(', ')}`)
    if (!path.startsWith('/') || args.length > 4) throw new InputError('PATH: / で始まる1つ / one')
    const accounts = await readAccounts()
    if (accounts === null)
      throw new PlatformError(
        '試し用の人がまだいません。先に npm start を動かしてください / run npm start first',
      )
    const { status, body } = await ask(accounts, { role, method, path, json, urls: localUrls() })
    await print(`${typeof body === 'string' ? body : JSON.stringify(body, null, 2)}\n`)
    if (status >= 400) process.stderr.write(`HTTP ${status}\n`)
    return status < 400 ? 0 : 1
  },
}

type Asked = Readonly<{
  role: Role
  method: string
  path: string
  json: string | undefined
  urls: ServiceUrls
}>

async function ask(accounts: Accounts, { role, method, path, json, urls }: Asked): Promise<Answer> {
  const fill = async (text: string): Promise<string> => {
    const code = text.includes('$CODE') ? await freshCode(accounts, urls) : ''
    return text.replaceAll('$SHOP', accounts.shopId).replaceAll('$CODE', () => code)
  }
  const route = await fill(path)
  const service = await serviceOf(urls, { method, path: route })
  const asked = {
    method,
    url: `${urls[service]}${route}`,
    ...(json === undefined ? {} : { text: await fill(json) }),
  }
  if (role === 'shop_staff') return call({ ...asked, bearer: openTill(accounts, urls).token })
  return (await signInAs(role, { accounts, urls })).ask(asked)
}

async function freshCode(accounts: Accounts, urls: ServiceUrls): Promise<string> {
  const { body } = await call({ method: 'GET', url: `${urls.redemption}/v1/time` })
  const { serverTime } = body as { serverTime: string }
  return (await openPhone(accounts)).code(Date.parse(serverTime))
}

/** The service whose OpenAPI document has this route; the first one when none has, for its answer. */
async function serviceOf(
  urls: ServiceUrls,
  { method, path }: Readonly<{ method: string; path: string }>,
): Promise<ServiceName> {
  const plain = path.split('?')[0] ?? ''
  for (const name of serviceNames) {
    const paths = await pathsOf(urls[name])
    const found = Object.entries(paths).some(
      ([template, operations]) =>
        method.toLowerCase() in operations &&
        new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(plain),
    )
    if (found) return name
  }
  return 'purchase'
}

async function pathsOf(url: string): Promise<Record<string, object>> {
  const answer = await call({ method: 'GET', url: `${url}/openapi.json` }).catch(() => null)
  const { paths } = (answer?.body ?? {}) as { paths?: Record<string, object> }
  if (paths === undefined) throw new PlatformError(notThere(url))
  return paths
}
