import { systemPaths } from '@minnaken/http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Person, type Stage, send, setStage } from './_stage.ts'

const roles = ['resident', 'shop_owner', 'clerk', 'approver', 'auditor'] as const

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.drop())

test('every route lets in the roles it names and nobody else', async () => {
  const callers: (Person | null)[] = [null]
  for (const role of roles) callers.push(await stage.person(role))
  const wrong: string[] = []
  for (const route of stage.service.routes) {
    const path = route.path.replaceAll(/:\w+/g, '00000000-0000-4000-8000-000000000000')
    for (const caller of callers) {
      // Signing out would end the session that the next route needs.
      if (route.method === 'delete' && caller !== null && isNamed(route.access, caller)) continue
      const line = `${route.method.toUpperCase()} ${path}`
      const { status, body } = await send(stage.service, caller, line)
      const isLetIn =
        route.access === 'anyone' || (caller !== null && isNamed(route.access, caller))
      const refusal = caller === null ? 'sign_in_needed' : 'forbidden'
      const isRefused = (status === 401 || status === 403) && body['code'] === refusal
      if (isRefused === isLetIn) wrong.push(`${caller?.role} ${line}: ${status}`)
    }
  }
  expect(wrong).toEqual([])
})

const isNamed = (access: 'anyone' | readonly string[], { role }: Person): boolean =>
  access === 'anyone' || access.includes(role)

test('whoever may sign out is signed out at the server', async () => {
  for (const [role, part] of [
    ['shop_owner', 'shop'],
    ['auditor', 'staff'],
  ] as const) {
    const person = await stage.person(role)
    const before = await send(stage.service, person, `GET /v1/${part}-me`)
    expect(before).toMatchObject({ status: 200, body: { role, accountId: person.accountId } })
    const out = await send(stage.service, person, `DELETE /v1/${part}-sessions/current`)
    expect(out.status).toBe(200)
    expect(out.headers.get('set-cookie')).toContain(`__Host-${part}=; Path=/; Max-Age=0`)
    expect((await send(stage.service, person, `GET /v1/${part}-me`)).status).toBe(401)
  }
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
      'get /v1/public/shop-photos/:photoId',
      'get /v1/public/shops',
      'post /v1/shop-passkeys',
      'post /v1/shop-passkeys/registration-options',
      'post /v1/shop-sessions',
      'post /v1/shop-sessions/options',
      'post /v1/staff-passkeys',
      'post /v1/staff-passkeys/registration-options',
      'post /v1/staff-sessions',
      'post /v1/staff-sessions/options',
    ],
    shop_owner: [
      'delete /v1/shop-sessions/current',
      'delete /v1/shops/:shopId/photo',
      'get /v1/shop-me',
      'get /v1/shops/:shopId/next-payout',
      'get /v1/shops/:shopId/notices',
      'get /v1/shops/:shopId/profile',
      'get /v1/shops/:shopId/shop-code.pdf',
      'get /v1/shops/:shopId/statements',
      'get /v1/shops/:shopId/statements/:statementNo',
      'get /v1/shops/:shopId/statements/:statementNo/file.csv',
      'get /v1/shops/:shopId/statements/:statementNo/file.pdf',
      'get /v1/shops/mine',
      'post /v1/shops',
      'post /v1/shops/:shopId/account/confirmation',
      'post /v1/shops/:shopId/notices/:noticeId/read',
      'put /v1/shops/:shopId/account',
      'put /v1/shops/:shopId/photo',
      'put /v1/shops/:shopId/profile',
    ],
    clerk: [
      'post /v1/notices',
      'post /v1/payouts/:payoutId/return',
      'post /v1/runs',
      'post /v1/runs/:runId/check',
      'post /v1/runs/:runId/send',
      'post /v1/runs/:runId/settle',
      'post /v1/shops/:shopId/decision',
      'post /v1/shops/:shopId/hold',
      'post /v1/shops/:shopId/leave',
      'post /v1/shops/:shopId/photo/removal',
      'post /v1/shops/:shopId/release',
      'post /v1/shops/:shopId/resumption',
      'post /v1/shops/:shopId/suspension',
    ],
    approver: ['post /v1/runs/:runId/approve'],
    'clerk approver': ['get /v1/runs/:runId/file', 'post /v1/payee-accounts/:payeeAccountId/check'],
    'clerk approver auditor': [
      'delete /v1/staff-sessions/current',
      'get /v1/notices',
      'get /v1/runs',
      'get /v1/runs/:runId',
      'get /v1/shops',
      'get /v1/staff-me',
    ],
  })
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
