import { afterAll, beforeAll, expect, test } from 'vitest'
import { yen } from '@minnaken/domain'
import type { Deps } from '@minnaken/redemption/parts'
import { redemptionDeps, withDesk } from '../baselines/process.ts'
import { readPayers, timeBatches } from '../baselines/statements.ts'
import { conventionalDesk } from '../baselines/conventional-desk.ts'
import { type Phone, setStage } from './_stage.ts'

let stage: Awaited<ReturnType<typeof setStage>>
let phones: Phone[]
let deps: Deps
beforeAll(async () => {
  stage = await setStage()
  await stage.openTill()
  phones = []
  for (let place = 0; place < 4; place++) phones.push(await stage.openPhone())
  stage.start(
    (given) => {
      deps = redemptionDeps(given)
      return withDesk(conventionalDesk)(given)
    },
    { connectionsMax: 1 },
  )
})
afterAll(() => stage.drop())

const rowsOfAll = async () => (await Promise.all(phones.map(stage.recorded))).flat()

test('every redemption that is timed is in the book, in whole batches of different phones', async () => {
  const payers = await readPayers(deps.pool)
  expect(new Set(payers.phones.map(({ walletId }) => walletId))).toEqual(
    new Set(phones.map(({ walletId }) => walletId)),
  )
  const timing = await timeBatches(deps, {
    payers,
    batchSize: 4,
    seconds: 0.3,
    warmUpSeconds: 0,
    amount: yen(1),
  })
  const rows = await rowsOfAll()
  expect(rows).toHaveLength(timing.redemptions)
  expect(timing.redemptions % 4).toBe(0)
  expect(timing.redemptions).toBeGreaterThan(0)
  const perPhone = phones.map(({ walletId }) => rows.filter((it) => it.wallet_id === walletId))
  expect(new Set(perPhone.map((its) => its.length))).toEqual(new Set([timing.redemptions / 4]))
  expect(await stage.findings()).toEqual([])
})

test('a refused payment ends the timing, because batches would hold less than is said', async () => {
  const payers = await readPayers(deps.pool)
  const amount = yen(12_501)
  await expect(
    timeBatches(deps, { payers, batchSize: 2, seconds: 0.1, warmUpSeconds: 0, amount }),
  ).rejects.toThrow('balance_too_small')
})

test('a batch is never larger than there are phones', async () => {
  const payers = await readPayers(deps.pool)
  await expect(timeBatches(deps, { payers, batchSize: 5, seconds: 0.1 })).rejects.toThrow('phones')
})
