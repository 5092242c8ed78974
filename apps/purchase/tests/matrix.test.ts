import { systemPaths } from '@minnaken/http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { moments } from './_campaign.ts'
import { type Caller, setStage, type Stage } from './_stage.ts'

const roles = ['resident', 'shop_owner', 'clerk', 'approver', 'auditor'] as const

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
  await stage.openCampaign()
  stage.clock.at = moments.apply
})
afterAll(() => stage.drop())

const addressOf = (path: string): string =>
  path
    .replace(':code', 'MIRAI2027')
    .replace(':slipNo', '000000000000000')
    .replaceAll(/:\w+/g, '00000000-0000-4000-8000-000000000000')

test('every route lets in the roles it names and nobody else', async () => {
  const wrong: string[] = []
  let cells = 0
  for (const route of stage.service.routes) {
    const nobody: Caller = { accountId: '', headers: {} }
    const till: Caller = { accountId: '', headers: { authorization: `Bearer ${'t'.repeat(43)}` } }
    const callers = [
      { role: 'nobody', caller: nobody },
      { role: 'shop_staff', caller: till },
    ]
    // Fresh sessions for each route: some of them end sessions.
    for (const role of roles) callers.push({ role, caller: await stage.account(role) })
    for (const { role, caller } of callers) {
      cells += 1
      const line =
        `${route.method.toUpperCase()} ${addressOf(route.path)}` as `${string} /${string}`
      const { status, body } = await stage.send(caller, line, {
        key: 'matrix',
        ...(route.method === 'get' || (route.body === undefined && !route.raw)
          ? {}
          : { raw: '{}' }),
        headers: { 'content-type': 'application/json' },
      })
      const isLetIn = status !== 401 && body['code'] !== 'forbidden'
      const mayCome = route.access === 'anyone' || route.access.some((each) => each === role)
      const isSigned =
        route.path === '/v1/webhooks/payments' && body['code'] === 'signature_refused'
      if (isLetIn !== mayCome && !isSigned)
        wrong.push(`${role} ${line}: ${status} ${String(body['code'])}`)
      if (status >= 500) wrong.push(`${role} ${line}: ${status}`)
    }
  }
  expect(wrong).toEqual([])
  expect(cells).toBe(stage.service.routes.length * 7)
})

test('who may come in is written down here as well, door by door', () => {
  const doors = stage.service.routes.map(({ method, path, access }) => ({
    door: `${method} ${path}`,
    who: access === 'anyone' ? access : access.join(' '),
  }))
  const byWho = Map.groupBy(doors, ({ who }) => who)
  const sorted = [...byWho].map(([who, its]) => [who, its.map(({ door }) => door).toSorted()])
  expect(Object.fromEntries(sorted)).toEqual({
    anyone: [
      'get /v1/admission',
      'get /v1/campaigns',
      'get /v1/campaigns/:code',
      'get /v1/campaigns/:code/draw',
      'get /v1/campaigns/:code/draw/publication',
      'get /v1/waiting-room',
      'get /v1/waiting-room.css',
      'get /v1/waiting-room.js',
      'post /v1/admission',
      'post /v1/passkeys',
      'post /v1/passkeys/registration-options',
      'post /v1/sandbox/slips/:slipNo/payments',
      'post /v1/sessions',
      'post /v1/sessions/options',
      'post /v1/webhooks/payments',
    ],
    resident: [
      'delete /v1/campaigns/:code/applications/mine',
      'delete /v1/sessions',
      'delete /v1/sessions/current',
      'get /v1/campaigns/:code/applications/mine',
      'get /v1/campaigns/:code/result/mine',
      'get /v1/me',
      'get /v1/orders/:orderId',
      'get /v1/orders/mine',
      'get /v1/wallet',
      'get /v1/wallet/history',
      'post /v1/applications/claims',
      'post /v1/campaigns/:code/applications',
      'post /v1/campaigns/:code/orders',
      'post /v1/wallet/stop',
      'put /v1/campaigns/:code/applications/mine',
    ],
    clerk: [
      'get /v1/campaigns/:code/draw/what-if',
      'get /v1/refund-cases',
      'post /v1/campaigns',
      'post /v1/campaigns/:code/applications/keyed',
      'post /v1/campaigns/:code/draw/commit',
      'post /v1/campaigns/:code/draw/freeze',
      'post /v1/campaigns/:code/draw/publish',
      'post /v1/campaigns/:code/draw/run',
      'post /v1/campaigns/:code/release',
      'post /v1/refund-cases/:orderId/close',
    ],
  })
})

test('who waits in line in a rush, and what is let go first, is written down here as well', () => {
  const { routes } = stage.service
  const doors = (chosen: (route: (typeof routes)[number]) => boolean) =>
    routes
      .filter(chosen)
      .map(({ method, path }) => `${method} ${path}`)
      .toSorted()
  const sales = [
    'delete /v1/campaigns/:code/applications/mine',
    'post /v1/applications/claims',
    'post /v1/campaigns/:code/applications',
    'post /v1/campaigns/:code/orders',
    'post /v1/passkeys/registration-options',
    'post /v1/sessions/options',
    'put /v1/campaigns/:code/applications/mine',
  ]
  expect(doors(({ admission }) => admission)).toEqual(sales)
  const shed = (name: string) => doors((route) => route.shed === name)
  expect(shed('report')).toEqual([
    'get /v1/campaigns/:code/draw/publication',
    'get /v1/campaigns/:code/draw/what-if',
    'get /v1/refund-cases',
    'post /v1/campaigns/:code/applications/keyed',
  ])
  expect(shed('sale')).toEqual(
    [
      ...sales,
      'get /v1/campaigns',
      'get /v1/campaigns/:code',
      'get /v1/campaigns/:code/applications/mine',
      'get /v1/campaigns/:code/draw',
      'get /v1/campaigns/:code/result/mine',
      'get /v1/orders/:orderId',
      'get /v1/orders/mine',
      'post /v1/passkeys',
      'post /v1/sessions',
    ].toSorted(),
  )
  expect(shed('balance')).toEqual(['get /v1/wallet', 'get /v1/wallet/history'])
})

test('the service answers no path that is not in its routes', () => {
  const inTable = new Set(stage.service.routes.map(({ path }) => path))
  const served = stage.service.app.routes.map(({ path }) => path)
  const others = served.filter((path) => !inTable.has(path as `/${string}`))
  expect(new Set(others)).toEqual(new Set(systemPaths))
})

test('without the sandbox there is no store of the sandbox', () => {
  const bare = stage.startService((deps) => ({ ...deps, sandbox: null }))
  const paths = bare.routes.map(({ path }) => path)
  expect(paths.filter((path) => path.includes('sandbox'))).toEqual([])
  expect(stage.service.routes.length - bare.routes.length).toBe(1)
})

test('the OpenAPI document names every route, its callers and its problems', () => {
  const { paths } = stage.service.openapi as {
    paths: Record<string, Record<string, Record<string, unknown>>>
  }
  for (const { method, path, problems } of stage.service.routes) {
    const operation = paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method]
    const text = JSON.stringify(operation)
    for (const code of problems) expect(text).toContain(code)
    expect(operation).toHaveProperty('x-access')
  }
})

test('a role in the body makes nobody a clerk, and another app’s cookie is not taken', async () => {
  const resident = await stage.account('resident')
  const asClerk = await stage.send(resident, 'POST /v1/campaigns/MIRAI2027/draw/commit', {
    raw: '{"role":"clerk"}',
    headers: { 'content-type': 'application/json' },
  })
  expect(asClerk.status).toBe(403)
  const { cookie = '' } = resident.headers
  const moved = { cookie: cookie.replace('resident', 'staff'), origin: 'http://localhost:8082' }
  const answer = await stage.send({ accountId: '', headers: moved }, 'GET /v1/refund-cases')
  expect(answer.status).toBe(401)
})

test('a cookie without its origin, or from a foreign one, changes nothing', async () => {
  const { headers, accountId } = await stage.account('resident')
  const { cookie = '' } = headers
  for (const origin of [undefined, 'https://evil.example', 'null', 'http://localhost:8082']) {
    const caller = { accountId, headers: origin === undefined ? { cookie } : { cookie, origin } }
    const answer = await stage.send(caller, 'POST /v1/wallet/stop')
    expect([401, 403]).toContain(answer.status)
  }
  expect((await stage.send({ accountId, headers }, 'GET /v1/wallet')).body['stoppedAt']).toBeNull()
})
