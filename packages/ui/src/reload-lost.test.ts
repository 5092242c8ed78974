import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { CallFailed } from './problem.ts'
import { reloadLost } from './reload-lost.ts'

const lost = new CallFailed({ kind: 'offline' })
const refused = new CallFailed({
  kind: 'refused',
  problem: { code: 'not_found', status: 404, title: 'ない', titleEn: 'None' },
})

/** Lets everything happen that waits for nothing but its turn. */
const settle = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
}

test('what was lost is asked again once somebody answers, and what was refused is not', async () => {
  const queries = new QueryClient({
    defaultOptions: { queries: { retry: false, networkMode: 'always' } },
  })
  let isThere = false
  let waits = 0
  const ticks: (() => void)[] = []
  reloadLost(queries, {
    isBack: () => Promise.resolve(isThere),
    wait: () =>
      new Promise((resolve) => {
        waits++
        ticks.push(resolve)
      }),
  })
  const asked = { day: 0, other: 0 }
  const day = new QueryObserver(queries, {
    queryKey: ['day'],
    queryFn: () => {
      asked.day++
      return isThere ? Promise.resolve(800) : Promise.reject(lost)
    },
  })
  const other = new QueryObserver(queries, {
    queryKey: ['other'],
    queryFn: () => {
      asked.other++
      return Promise.reject(refused)
    },
  })
  const leave = [day, other].map((observer) => observer.subscribe(() => {}))
  await settle()
  expect({ asked, waits }).toEqual({ asked: { day: 1, other: 1 }, waits: 1 })
  ticks.shift()?.()
  await settle()
  expect({ asked, waits }).toEqual({ asked: { day: 1, other: 1 }, waits: 2 })
  isThere = true
  ticks.shift()?.()
  await settle()
  expect(day.getCurrentResult().data).toBe(800)
  expect({ asked, waits }).toEqual({ asked: { day: 2, other: 1 }, waits: 2 })
  for (const each of leave) each()
  queries.clear()
})
