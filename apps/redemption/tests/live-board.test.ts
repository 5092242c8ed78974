import type { Pool } from '@minnaken/db'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { LiveBoard } from '../src/live/board.ts'
import { NOON, type Stage, type TillSide, setStage } from './_stage.ts'
import { pay } from './_till.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage({ buckets: 1 })
})
afterAll(() => stage.drop())
/** A look comes each second. */
const patient = { timeout: 15_000 }
const over = new AbortController()
afterEach(() => stage.moveTo(NOON))
afterAll(() => over.abort())

/** A board with a clock of its own, of whose looks is told how many ids each has read. */
function openBoard() {
  const clock = { at: NOON }
  const read: number[] = []
  const { db, pool, elapsedMs } = stage.service.deps
  const counting = {
    query: async (statement: { name: string; text: string; values: unknown[] }) => {
      const result = await pool.query(statement)
      if (statement.name === 'live_ids') read.push(result.rows.length)
      return result
    },
  } as unknown as Pool
  const faults: unknown[] = []
  const deps = { db, pool: counting, now: () => clock.at, elapsedMs }
  const board = new LiveBoard(deps, (error) => faults.push(error))
  const listen = ({ shopId }: TillSide) => {
    const heard: string[] = []
    void board.listen({
      topic: { shopId },
      tillId: null,
      signal: over.signal,
      tell: (it) => heard.push(it.redemptionId),
    })
    return heard
  }
  const looksThatRead = (count: number) => async () => {
    const looks = read.length
    await expect.poll(() => read.length, patient).toBeGreaterThan(looks + 1)
    expect(read.slice(looks + 1)).toEqual(read.slice(looks + 1).map(() => count))
  }
  return { board, clock, read, listen, looksThatRead, faults }
}

const payAt = async (till: TillSide, count: number): Promise<string[]> => {
  const paid: string[] = []
  for (let n = 0; n < count; n++) {
    const { body } = await pay(stage.service, till, await (await stage.openPhone(1)).code(), 1)
    paid.push(String(body['redemptionId']).replace(/^0-/, ''))
  }
  return paid
}

test('a look reads what is new and not the minute again', async () => {
  const till = await stage.openTill()
  const { board, clock, read, listen, looksThatRead, faults } = openBoard()
  const heard = listen(till)
  const first = await payAt(till, 12)
  await expect.poll(() => heard.length, patient).toBe(12)
  clock.at += 20_000
  stage.moveTo(clock.at)
  await expect(looksThatRead(0)()).resolves.toBeUndefined()
  const looks = read.length
  const [last = ''] = await payAt(till, 1)
  board.nudge()
  await expect.poll(() => heard.length, patient).toBe(13)
  expect(Math.max(...read.slice(looks))).toBe(1)
  // Whoever is new hears the whole minute.
  const late = listen(till)
  await expect.poll(() => late.length, patient).toBe(13)
  for (const each of [heard, late]) expect(each.toSorted()).toEqual([...first, last].toSorted())
  expect(faults).toEqual([])
})

test('a look in between reads what has just happened and no more', async () => {
  const till = await stage.openTill()
  const { board, clock, read, listen } = openBoard()
  const heard = listen(till)
  await payAt(till, 5)
  await expect.poll(() => heard.length, patient).toBe(5)
  clock.at += 5_000
  const looks = read.length
  for (let nudges = 0; nudges < 30; nudges++) {
    board.nudge()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  // One of all, at most, within so short a time.
  expect(read.slice(looks).filter((count) => count === 0).length).toBeGreaterThan(1)
})

test('what others see late is told all the same, once', async () => {
  const till = await stage.openTill()
  const { board, clock, listen, looksThatRead } = openBoard()
  clock.at += 20_000
  const heard = listen(till)
  await expect(looksThatRead(0)()).resolves.toBeUndefined()
  // Decided eight seconds before the last look.
  stage.moveTo(clock.at - 8_000)
  const paid = await payAt(till, 1)
  board.nudge()
  await expect.poll(() => heard, patient).toEqual(paid)
  await expect(looksThatRead(1)()).resolves.toBeUndefined()
  expect(heard).toEqual(paid)
})
