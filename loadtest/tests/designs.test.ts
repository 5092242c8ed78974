import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { redemptionService } from '@minnaken/redemption'
import { ceilingDesk } from '../baselines/ceiling-desk.ts'
import { conventionalDesk, unbatchedDesk } from '../baselines/conventional-desk.ts'
import { redemptionDeps, withDesk } from '../baselines/process.ts'
import { sharedService } from '../baselines/shared-service.ts'
import { unboundedDesk } from '../baselines/unbounded-desk.ts'
import { pay, setStage } from './_stage.ts'

let stage: Awaited<ReturnType<typeof setStage>>
let token: string
beforeAll(async () => {
  stage = await setStage()
  token = await stage.openTill()
})
afterAll(() => stage.drop())

const product = () => stage.start((given) => redemptionService(redemptionDeps(given), given))

/** A value's form: of each member its name and kind, down to the leaves. */
const formOf = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(formOf)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, of]) => [name, formOf(of)]))
      : typeof value

const designs = {
  ceiling: () => stage.start(withDesk(ceilingDesk)),
  conventional: () => stage.start(withDesk(conventionalDesk)),
  unbatched: () => stage.start(withDesk(unbatchedDesk)),
  'unbounded-queue': () => stage.start(withDesk(unboundedDesk, { inFlightMax: Infinity })),
  'shared-process': () => stage.start(sharedService, { url: stage.database.ownerUrl }),
}

describe.each(Object.entries(designs))('%s', (name, start) => {
  test('answers a genuine code in the form of the product’s answer', async () => {
    const phone = await stage.openPhone()
    const ours = await pay(product(), { token, code: await phone.code(), yen: 500 })
    const its = await pay(start(), { token, code: await phone.code(), yen: 500 })
    expect(ours.status).toBe(201)
    expect(its.status).toBe(201)
    expect(formOf(its.body)).toEqual(formOf(ours.body))
    expect(its.body).toMatchObject({ amountYen: 500, acceptedAt: ours.body['acceptedAt'] })
  })

  test('refuses what the edge refuses, in the product’s words', async () => {
    const phone = await stage.openPhone()
    const other = await stage.openPhone()
    const genuine = await phone.code()
    const [mine, theirs] = [genuine, await other.code()]
    const spliced = mine.slice(0, 60) + theirs.slice(60)
    const asked = [
      { token, code: spliced, yen: 500 },
      { token, code: 'HELLO', yen: 500 },
      { token, code: genuine, yen: 0 },
      { token: 'A'.repeat(43), code: genuine, yen: 500 },
    ]
    const service = start()
    const ours = product()
    for (const one of asked) {
      const { requestId: _its, ...its } = (await pay(service, one)).body
      const { requestId: _ours, ...expected } = (await pay(ours, one)).body
      expect(its).toEqual(expected)
      expect(its['status']).toBeGreaterThanOrEqual(400)
    }
    expect(await stage.recorded(phone)).toEqual([])
  })

  test('writes the rows of the product, and the ceiling none', async () => {
    const phone = await stage.openPhone()
    const taken = await pay(start(), { token, code: await phone.code(), yen: 7_000 })
    expect(taken.status).toBe(201)
    const rows = await stage.recorded(phone)
    expect(rows.map((row) => row.yen)).toEqual(name === 'ceiling' ? [] : [7_000])
    expect(await stage.remaining(phone)).toBe(name === 'ceiling' ? 12_500 : 5_500)
  })
})

test('once tills and keys are known, the ceiling asks the database nothing', async () => {
  const phone = await stage.openPhone()
  let asked = 0
  const service = stage.start((given) => {
    given.pool.on('acquire', () => {
      asked += 1
    })
    return withDesk(ceilingDesk)(given)
  })
  await pay(service, { token, code: await phone.code(), yen: 100 })
  const beforehand = asked
  for (let i = 0; i < 10; i++) await pay(service, { token, code: await phone.code(), yen: 100 })
  expect(beforehand).toBeGreaterThan(0)
  expect(asked).toBe(beforehand)
})

test('the shared process serves residents too, without a ticket', async () => {
  const { sessionToken } = await stage.openPhone()
  const service = designs['shared-process']()
  const me = await service.app.request('http://localhost/v1/wallet', {
    headers: { cookie: `__Host-resident=${sessionToken}`, origin: 'http://localhost:8080' },
  })
  expect(me.status).toBe(200)
})

test('the books of every design balance', async () => {
  expect(await stage.findings()).toEqual([])
})
