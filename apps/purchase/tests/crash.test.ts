import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Deps } from '../src/deps.ts'
import { moments } from './_campaign.ts'
import { type Caller, drawFor, newKey, setStage, type Stage } from './_stage.ts'

let stage: Stage
let person: Caller
let charges: string[]
beforeEach(async () => {
  stage = await setStage()
  charges = []
  const [winner] = await drawFor(stage, [5])
  person = winner ?? stage.clerk
})
afterEach(async () => {
  await stage.assertBooksBalance()
  await stage.drop()
})

const card = { method: 'card', units: 5, card: 'tok_ok' }
const slip = { method: 'slip', units: 5 }
const buyAt = (service: Stage['service'], body: object, key: string) =>
  stage.send(person, 'POST /v1/campaigns/MIRAI2027/orders', { body, key }, service)

const die = (): never => {
  throw new Error('the process ended here')
}

/** A service whose provider charges, and then something happens to the service. */
const dying = (then: 'before_charge' | 'after_charge') =>
  stage.startService((deps): Deps => {
    const { provider } = deps
    return {
      ...deps,
      provider: {
        ...provider,
        charge: async (payment) => {
          if (then === 'before_charge') return die()
          charges.push(payment.paymentId)
          await provider.charge(payment)
          return die()
        },
        issueSlip: async () => die(),
      },
    }
  })

/** The service that was started after the other had ended. */
const restarted = () =>
  stage.startService((deps) => ({
    ...deps,
    provider: {
      ...deps.provider,
      charge: (payment) => {
        charges.push(payment.paymentId)
        return deps.provider.charge(payment)
      },
    },
  }))

const orders = async () => {
  const { body } = await stage.send(person, 'GET /v1/orders/mine')
  return body['orders'] as { orderId: string; state: string }[]
}

test.each(['before_charge', 'after_charge'] as const)(
  'an order whose service ended %s is finished by the same request, as one payment',
  async (moment) => {
    const key = newKey()
    const cut = await buyAt(dying(moment), card, key)
    expect([cut.status, cut.body['state']]).toEqual([202, 'reserved'])
    const again = await buyAt(restarted(), card, key)
    expect([again.status, again.body['state']]).toEqual([201, 'paid'])
    expect(new Set(charges)).toEqual(new Set([(await orders())[0]?.orderId]))
    expect(await orders()).toHaveLength(1)
  },
)

test('an order whose service ended before it charged charges nobody after the sale has ended', async () => {
  stage.clock.at = moments.payEnd - 1
  const key = newKey()
  expect((await buyAt(dying('before_charge'), card, key)).status).toBe(202)
  stage.clock.at = moments.payEnd
  const late = await buyAt(restarted(), card, key)
  expect([late.status, late.body['code'], charges]).toEqual([409, 'order_lapsed', []])
  expect((await orders()).map(({ state }) => state)).toEqual(['lapsed'])
})

test('and if it had charged in time, its notice still brings the vouchers', async () => {
  stage.clock.at = moments.payEnd - 1
  const key = newKey()
  const cut = await buyAt(dying('after_charge'), card, key)
  const paidAt = stage.clock.at
  stage.clock.at = moments.payEnd
  expect((await buyAt(restarted(), card, key)).body['code']).toBe('order_lapsed')
  const paymentId = String(cut.body['orderId'])
  const heard = await stage.deliver({ kind: 'succeeded', noticeId: 'late', paymentId, paidAt })
  expect(heard.body['outcome']).toBe('issued')
})

test('or by the notice, or by the end of its half hour', async () => {
  const cut = await buyAt(dying('after_charge'), card, newKey())
  const paymentId = String(cut.body['orderId'])
  const paidAt = stage.clock.at
  stage.clock.at += 40 * 60_000
  const next = await buyAt(stage.service, { ...card, card: 'tok_declined' }, newKey())
  expect(next.body['code']).toBe('card_declined')
  expect((await orders()).map(({ state }) => state)).toEqual(['declined', 'lapsed'])
  const heard = await stage.deliver({ kind: 'succeeded', noticeId: 'n', paymentId, paidAt })
  expect(heard.body['outcome']).toBe('issued')
})

test('an order that cannot be finished because others are in the way is not called undone', async () => {
  const done = Promise.withResolvers<void>()
  let held: Promise<void> | undefined
  const inTheWay = stage.startService((deps) => ({
    ...deps,
    provider: {
      ...deps.provider,
      charge: async (payment) => {
        const outcome = await deps.provider.charge(payment)
        const isHeld = Promise.withResolvers<void>()
        held = stage.owner.transaction().execute(async (tx) => {
          await tx.selectFrom('sale.order').select('state').forUpdate().execute()
          isHeld.resolve()
          await done.promise
        })
        await isHeld.promise
        return outcome
      },
    },
  }))
  const key = newKey()
  const cut = await buyAt(inTheWay, card, key)
  expect([cut.status, cut.body['code']]).toEqual([503, 'outcome_unknown'])
  done.resolve()
  await held
  const again = await buyAt(stage.service, card, key)
  expect([again.status, again.body['state']]).toEqual([201, 'paid'])
  expect(await orders()).toHaveLength(1)
})

test('a slip that could not be issued is told as unknown, and issued when asked again', async () => {
  const key = newKey()
  const cut = await buyAt(dying('before_charge'), slip, key)
  expect(cut.status).toBe(503)
  expect(cut.body).toMatchObject({ code: 'outcome_unknown', retryable: true })
  const again = await buyAt(stage.service, slip, key)
  expect(again.status).toBe(201)
  expect(again.body['slipNo']).toMatch(/^\d{15}$/)
  expect(await orders()).toHaveLength(1)
})

test('a database that is gone is told as busy or unknown, never as success, and harms nothing', async () => {
  const [key, other] = [newKey(), newKey()]
  const cutting = stage.startService((deps) => ({
    ...deps,
    provider: {
      ...deps.provider,
      charge: async (payment) => {
        const charged = await deps.provider.charge(payment)
        await cutConnections()
        return charged
      },
    },
  }))
  const cut = await buyAt(cutting, card, key)
  expect([201, 503]).toContain(cut.status)
  const again = await buyAt(stage.service, card, key)
  expect([again.status, again.body['state']]).toEqual([201, 'paid'])
  expect((await buyAt(stage.service, card, other)).body['code']).toBe('units_over_win')
})

test('whoever finds every connection taken is told that nothing was done, and to come again', async () => {
  const { db } = stage.connectAs('purchase', { connectionsMax: 1, connectionWaitMs: 100 })
  const crowded = stage.startService((deps) => ({ ...deps, db }))
  const ask = () => stage.send(person, 'GET /v1/orders/mine', {}, crowded)
  const refused = await db.connection().execute(() => ask())
  expect([refused.status, refused.body['code']]).toEqual([503, 'busy'])
  expect((await ask()).status).toBe(200)
})

const cutConnections = () =>
  sql`select pg_terminate_backend(pid) from pg_stat_activity
    where usename = 'minnaken_purchase' and datname = current_database()`.execute(stage.owner)
