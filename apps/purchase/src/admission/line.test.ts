import { assert, nat, property, tuple, uniqueArray } from 'fast-check'
import { expect, test } from 'vitest'
import { Line, type Place } from './line.ts'

const placeOf = (givenAt: number, givenNo: number, holder: string | null = null): Place => ({
  placeId: `${givenAt}.${givenNo}`,
  givenAt,
  givenNo,
  holder,
})

const leaveInOrder = (line: Line, places: readonly Place[]): string[] => {
  const left: string[] = []
  while (line.length > 0) {
    const next = places.find((place) => !left.includes(place.placeId) && line.numberOf(place) === 1)
    if (next === undefined) throw new Error('nobody is next')
    line.leave(next)
    left.push(next.placeId)
  }
  return left
}

test('whoever comes first is called first, in whatever order the line hears of them', () => {
  const facts = uniqueArray(tuple(nat(50), nat(50)), {
    selector: (fact) => fact.join(),
    maxLength: 60,
  })
  assert(
    property(facts, (given) => {
      const line = new Line(1_000)
      for (const [givenAt, givenNo] of given)
        line.stand(placeOf(givenAt, givenNo), { now: 0, presentUntil: 100 })
      const inOrder = given
        .toSorted(([a, m], [b, n]) => a - b || m - n)
        .map(([givenAt, givenNo]) => placeOf(givenAt, givenNo))
      for (const [n, place] of inOrder.entries()) expect(line.numberOf(place)).toBe(n + 1)
      expect(leaveInOrder(line, inOrder)).toEqual(inOrder.map(({ placeId }) => placeId))
    }),
    { numRuns: 200 },
  )
})

test('numbers only become smaller while people are called', () => {
  const line = new Line(10_000)
  for (let no = 0; no < 5_000; no++) line.stand(placeOf(0, no), { now: 0, presentUntil: 100 })
  for (let called = 0; called < 4_999; called++) {
    expect(line.numberOf(placeOf(0, 4_999))).toBe(5_000 - called)
    line.leave(placeOf(0, called))
  }
  expect([line.length, line.numberOf(placeOf(0, 4_999))]).toEqual([1, 1])
})

test('whoever is not there is passed over, and is at the front when they come back', () => {
  const line = new Line(1_000)
  const [away, second, third] = [placeOf(1, 1, 'away'), placeOf(2, 2), placeOf(3, 3)] as const
  line.stand(away, { now: 0, presentUntil: 10 })
  line.stand(second, { now: 0, presentUntil: 1_000 })
  line.stand(third, { now: 0, presentUntil: 1_000 })
  line.passOver(10)
  expect(line.numberOf(second)).toBe(2)
  line.passOver(300)
  expect([line.length, line.numberOf(second)]).toEqual([2, 1])
  // Their session finds their place also without its ticket.
  expect(line.placeOf('away')?.placeId).toBe(away.placeId)
  line.stand(away, { now: 0, presentUntil: 1_000 })
  expect([away, second, third].map((place) => line.numberOf(place))).toEqual([1, 2, 3])
})

test('it looks for those who left now and then, also when the clock was set back', () => {
  const line = new Line(1_000)
  line.stand(placeOf(1, 1), { now: 0, presentUntil: 1_000_010 })
  line.passOver(1_000_000)
  line.passOver(1_000_011)
  expect(line.length).toBe(1)
  line.passOver(1_000_250)
  expect(line.length).toBe(0)
  line.stand(placeOf(2, 2), { now: 0, presentUntil: 10 })
  line.passOver(11)
  expect(line.length).toBe(0)
})

test('asking again keeps the one place and says that one is still there', () => {
  const line = new Line(1_000)
  line.stand(placeOf(1, 1), { now: 0, presentUntil: 10 })
  line.stand(placeOf(1, 1), { now: 0, presentUntil: 90 })
  expect(line.length).toBe(1)
  line.passOver(50)
  expect(line.length).toBe(1)
})

test('those who left take no room, and are forgotten once more are remembered than can wait', () => {
  const line = new Line(3)
  line.stand(placeOf(1, 1, 'away'), { now: 0, presentUntil: 10 })
  line.stand(placeOf(2, 2, 'b'), { now: 0, presentUntil: 1_000 })
  line.stand(placeOf(3, 3, 'c'), { now: 0, presentUntil: 1_000 })
  expect(line.hasRoom).toBe(false)
  line.passOver(11)
  expect(line.hasRoom).toBe(true)
  expect(line.placeOf('away')).toBeDefined()
  line.stand(placeOf(4, 4, 'd'), { now: 0, presentUntil: 1_000 })
  expect([line.hasRoom, line.placeOf('away')]).toEqual([false, undefined])
  line.leave(placeOf(2, 2, 'b'))
  expect([line.hasRoom, line.placeOf('b'), line.numberOf(placeOf(3, 3))]).toEqual([
    true,
    undefined,
    1,
  ])
})

test('whoever asks on and on is heard once a second, also when the clock was set back', () => {
  const line = new Line(1_000)
  const place = placeOf(1, 1)
  expect(line.asksTooSoon(place, 1_000)).toBe(false)
  line.stand(place, { now: 1_000, presentUntil: 9_000 })
  const heard: number[] = []
  for (let now = 1_050; now <= 4_000; now += 50) {
    if (!line.asksTooSoon(place, now)) heard.push(now)
    line.stand(place, { now, presentUntil: 9_000 })
  }
  expect(heard).toEqual([1_900, 2_800, 3_700])
  expect(line.asksTooSoon(place, 500)).toBe(false)
})
