import { systemPaths } from '@minnaken/http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Stage, setStage } from './_stage.ts'
import { send } from './_till.ts'

const roles = ['resident', 'shop_owner', 'clerk', 'approver', 'auditor'] as const
const cookieOf = {
  resident: ['__Host-resident', 'http://localhost:8080'],
  shop_owner: ['__Host-shop', 'http://localhost:8081'],
  clerk: ['__Host-staff', 'http://localhost:8082'],
  approver: ['__Host-staff', 'http://localhost:8082'],
  auditor: ['__Host-staff', 'http://localhost:8082'],
} as const

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.drop())

test('every route lets in the roles it names and nobody else', async () => {
  const callers: { role: string; headers: Record<string, string> }[] = [
    { role: 'nobody', headers: {} },
    {
      role: 'shop_staff',
      headers: { authorization: `Bearer ${(await stage.openTill()).token}` },
    },
  ]
  for (const role of roles) {
    const [cookie, origin] = cookieOf[role]
    const { sessionToken } = await stage.account(role)
    callers.push({ role, headers: { cookie: `${cookie}=${sessionToken}`, origin } })
  }
  const wrong: string[] = []
  for (const route of stage.service.routes) {
    const path = route.path.replaceAll(/:\w+/g, '00000000-0000-4000-8000-000000000000')
    for (const { role, headers } of callers) {
      const { status, body } = await send(stage.service, {
        method: route.method.toUpperCase(),
        path,
        headers: { 'idempotency-key': 'matrix', ...headers },
      })
      const isLetIn = route.access === 'anyone' || route.access.some((each) => each === role)
      const refusal = role === 'nobody' ? 'sign_in_needed' : 'forbidden'
      const isRefused = (status === 401 || status === 403) && body['code'] === refusal
      if (isRefused === isLetIn) wrong.push(`${role} ${route.method} ${route.path}: ${status}`)
    }
  }
  expect(wrong).toEqual([])
})

test('who may come in is written down here as well, door by door', () => {
  const doors = Object.fromEntries(
    stage.service.routes.map(({ method, path, access }) => [
      `${method} ${path}`,
      access === 'anyone' ? 'anyone' : access.join(' '),
    ]),
  )
  expect(doors).toEqual({
    'post /v1/redemptions': 'shop_staff',
    'post /v1/redemptions/preview': 'shop_staff',
    'post /v1/payments': 'resident',
    'post /v1/payments/preview': 'resident',
    'get /v1/shop-codes/:code': 'anyone',
    'post /v1/codes': 'resident',
    'get /v1/codes/live': 'resident',
    'get /v1/codes/:nonce': 'resident',
    'get /v1/shops/:shopId/live': 'shop_staff shop_owner',
    'get /v1/shops/:shopId/day.csv': 'shop_staff shop_owner',
    'post /v1/redemptions/:redemptionId/voids': 'shop_staff shop_owner clerk',
    'get /v1/shops/:shopId/day': 'shop_staff shop_owner',
    'post /v1/shops/:shopId/join-codes': 'shop_owner',
    'post /v1/tills': 'anyone',
    'get /v1/tills/current': 'shop_staff',
    'get /v1/shops/:shopId/tills': 'shop_owner',
    'delete /v1/shops/:shopId/tills/:tillId': 'shop_owner',
    'post /v1/devices': 'resident',
    'get /v1/devices': 'resident',
    'delete /v1/devices/:deviceId': 'resident',
    'get /v1/time': 'anyone',
  })
})

test('what is let go when there is too much to do is written down, and payments go last', () => {
  const shed = (name: string | undefined) =>
    stage.service.routes
      .filter((route) => route.shed === name)
      .map(({ method, path }) => `${method} ${path}`)
      .toSorted()
  expect(shed('report')).toEqual(['get /v1/shops/:shopId/day', 'get /v1/shops/:shopId/day.csv'])
  expect(shed('balance')).toEqual([
    'get /v1/codes/:nonce',
    'get /v1/codes/live',
    'get /v1/shop-codes/:code',
    'get /v1/shops/:shopId/live',
    'post /v1/codes',
    'post /v1/payments/preview',
    'post /v1/redemptions/preview',
  ])
  expect(shed('sale')).toEqual([])
  expect(shed(undefined)).toEqual([
    'delete /v1/devices/:deviceId',
    'delete /v1/shops/:shopId/tills/:tillId',
    'get /v1/devices',
    'get /v1/shops/:shopId/tills',
    'get /v1/tills/current',
    'get /v1/time',
    'post /v1/devices',
    'post /v1/payments',
    'post /v1/redemptions',
    'post /v1/redemptions/:redemptionId/voids',
    'post /v1/shops/:shopId/join-codes',
    'post /v1/tills',
  ])
})

test('payments have a line of their own, and nobody else is in it', () => {
  const apart = stage.service.routes.filter(({ ownLine }) => ownLine !== undefined)
  expect(apart.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'post /v1/redemptions',
    'post /v1/payments',
  ])
})

test('the service answers no route that is not declared', () => {
  const declared = new Set([
    ...stage.service.routes.map((route) => `${route.method.toUpperCase()} ${route.path}`),
    ...systemPaths.map((path) => `GET ${path}`),
  ])
  const served = stage.service.app.routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`)
  expect(served.filter((route) => !declared.has(route))).toEqual([])
  expect(served.length).toBeGreaterThanOrEqual(stage.service.routes.length)
})
