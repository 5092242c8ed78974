import { expect, test } from 'vitest'
import { type LineDeps, type Standing, waitInLine } from './wait-in-line.ts'

type Answers = Awaited<ReturnType<LineDeps['ask']>>[]

const answered = (value: Extract<Answers[number], { kind: 'answered' }>['value']) =>
  ({ kind: 'answered', status: 200, value }) as const
const waiting = (place: number, askAgainSeconds: number) =>
  answered({ state: 'waiting', ticket: 't', place, estimatedWaitSeconds: 90, askAgainSeconds })
const full = answered({ state: 'full', askAgainSeconds: 60 })
const open = answered({ state: 'open' })
const admitted = answered({ state: 'admitted', ticket: 't', validUntil: '2027-01-01T00:00:00Z' })
const offline = { kind: 'offline' } as const
const no = {
  kind: 'refused',
  problem: { code: 'ticket_expired', status: 403, title: 'いいえ', titleEn: 'No' },
} as const

/** What was asked, how long it was waited, and what was said, until the answers are all used. */
async function stand(answers: Answers) {
  const steps: (string | number)[] = []
  const told: Standing['state'][] = []
  const rest = [...answers]
  const end = await waitInLine(
    {
      ask: (method) => {
        const next = rest.shift()
        if (next === undefined) return Promise.reject(new Error('still in line'))
        steps.push(method)
        return Promise.resolve(next)
      },
      wait: (ms) => {
        steps.push(ms)
        return Promise.resolve()
      },
    },
    ({ state }) => told.push(state),
  ).then(
    () => 'my turn',
    () => 'still in line',
  )
  return { steps, told, end }
}

test('who was sent here though it is their turn does not run back and forth', async () => {
  expect(await stand([open])).toEqual({ steps: ['POST', 2_000], told: ['open'], end: 'my turn' })
})

test('a place is taken once, and asked about when the service wishes', async () => {
  expect(await stand([waiting(120, 30), waiting(3, 1), admitted])).toEqual({
    steps: ['POST', 30_000, 'GET', 2_000, 'GET'],
    told: ['waiting', 'waiting', 'admitted'],
    end: 'my turn',
  })
})

test('a ticket that no longer counts is answered by a new place, at once', async () => {
  const { steps, end } = await stand([waiting(9, 5), no, admitted])
  expect({ steps, end }).toEqual({ steps: ['POST', 5_000, 'GET', 'POST'], end: 'my turn' })
})

test('where there is no place yet one is tried for later', async () => {
  expect((await stand([full, waiting(9, 5)])).steps).toEqual(['POST', 60_000, 'POST', 5_000])
})

test('a place is kept while the network is away, and never asked for in a hurry', async () => {
  expect(await stand([waiting(9, 5), offline, offline, admitted])).toEqual({
    steps: ['POST', 5_000, 'GET', 5_000, 'GET', 5_000, 'GET'],
    told: ['waiting', 'unreachable', 'unreachable', 'admitted'],
    end: 'my turn',
  })
  expect((await stand([no, no])).steps).toEqual(['POST', 5_000, 'POST', 5_000])
})
