import { type Role, roles } from '@minnaken/domain'
import { type Command, InputError, print } from '../command.ts'
import { type Answer, call } from '../people/call.ts'
import { type ServiceName, type ServiceUrls, serviceNames } from '../platform/services.ts'
import { type Accounts, openPhone, openTill, readAccounts, signInAs } from './accounts.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Where `npm start` listens. */
const urls: ServiceUrls = {
  purchase: `http://127.0.0.1:${process.env['MINNAKEN_PORT_PURCHASE'] ?? '8080'}`,
  redemption: `http://127.0.0.1:${process.env['MINNAKEN_PORT_REDEMPTION'] ?? '8081'}`,
  settlement: `http://127.0.0.1:${process.env['MINNAKEN_PORT_SETTLEMENT'] ?? '8082'}`,
}

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
      throw new InputError('.data/accounts.json: 先に npm start を動かしてください / start first')
    const answer = await ask(accounts, { role, method, path, json })
    const { status, body } = answer
    await print(`${typeof body === 'string' ? body : JSON.stringify(body, null, 2)}\n`)
    if (status >= 400) process.stderr.write(`HTTP ${status}\n`)
    return status < 400 ? 0 : 1
  },
}

type Asked = Readonly<{ role: Role; method: string; path: string; json: string | undefined }>

async function ask(accounts: Accounts, { role, method, path, json }: Asked): Promise<Answer> {
  const fill = async (text: string): Promise<string> => {
    const code = await freshCode(accounts, text)
    return text.replaceAll('$SHOP', accounts.shopId).replaceAll('$CODE', () => code)
  }
  const route = await fill(path)
  const service = await serviceOf(method, route)
  const asked = {
    method,
    url: `${urls[service]}${route}`,
    ...(json === undefined ? {} : { text: await fill(json) }),
  }
  if (role === 'shop_staff') return call({ ...asked, bearer: openTill(accounts, urls).token })
  return (await signInAs(role, { accounts, urls })).ask(asked)
}

async function freshCode(accounts: Accounts, text: string): Promise<string> {
  if (!text.includes('$CODE')) return ''
  const { body } = await call({ method: 'GET', url: `${urls.redemption}/v1/time` })
  const { serverTime } = body as { serverTime: string }
  return (await openPhone(accounts)).code(Date.parse(serverTime))
}

/** The service whose OpenAPI document has this route; the first one when none has, for its answer. */
async function serviceOf(method: string, path: string): Promise<ServiceName> {
  const plain = path.split('?')[0] ?? ''
  for (const name of serviceNames) {
    const { paths } = (await documentOf(name)) as {
      paths: Record<string, Record<string, unknown>>
    }
    const found = Object.entries(paths).some(
      ([template, operations]) =>
        method.toLowerCase() in operations &&
        new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(plain),
    )
    if (found) return name
  }
  return 'purchase'
}

async function documentOf(name: ServiceName): Promise<unknown> {
  try {
    return (await call({ method: 'GET', url: `${urls[name]}/openapi.json` })).body
  } catch {
    throw new Error(
      `${urls[name]} に届きません。npm start は動いていますか / is npm start running?`,
    )
  }
}
