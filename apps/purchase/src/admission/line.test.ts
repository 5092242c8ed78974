import { assert, nat, property, tuple, uniqueArray } from 'fast-check'
import { expect, test } from 'vitest'
import { Line, type Place } from './line.ts'

const placeOf = (givenAt: number, givenNo: number, holder: string | null = null): Place => ({
  placeId: `${givenAt}.${givenNo}`,
  givenAt,
  givenNo,
  holder,
})

const calledFrom = (line: Line, now: number): string[] => {
  const called: string[] = []
  for (let next = line.callNext(now); next !== null; next = line.callNext(now))
    called.push(next.placeId)
  return called
}

test('whoever comes first is called first, in whatever order the line hears of them', () => {
  const facts = uniqueArray(tuple(nat(50), nat(50)), {
    selector: (fact) => fact.join(),
    maxLength: 60,
  })
  assert(
    property(facts, (given) => {
      const line = new Line(1_000)
      for (const [givenAt, givenNo] of given) line.stand(placeOf(givenAt, givenNo), 100)
      const inOrder = given.toSorted(([a, m], [b, n]) => a - b || m - n)
      for (const [n, [givenAt, givenNo]] of inOrder.entries())
        expect(line.numberOf(placeOf(givenAt, givenNo))).toBe(n + 1)
      expect(calledFrom(line, 100)).toEqual(inOrder.map(([at, no]) => `${at}.${no}`))
      expect(line.length).toBe(0)
    }),
    { numRuns: 200 },
  )
})

test('numbers only become smaller while people are called', () => {
  const line = new Line(10_000)
  for (let no = 0; no < 5_000; no++) line.stand(placeOf(0, no), 100)
  for (let called = 0; called < 4_999; called++) {
    expect(line.numberOf(placeOf(0, 4_999))).toBe(5_000 - called)
    expect(line.callNext(0)?.givenNo).toBe(called)
  }
  expect([line.length, line.numberOf(placeOf(0, 4_999))]).toEqual([1, 1])
})

test('whoever is not there is passed over, and is at the front when they come back', () => {
  const line = new Line(1_000)
  const [away, second, third] = [placeOf(1, 1, 'away'), placeOf(2, 2), placeOf(3, 3)] as const
  line.stand(away, 10)
  line.stand(second, 100)
  line.stand(third, 100)
  expect(line.next(10)?.placeId).toBe(away.placeId)
  expect(line.next(11)?.placeId).toBe(second.placeId)
  expect(line.placeOf('away')).toBeUndefined()
  line.stand(away, 100)
  expect(line.placeOf('away')?.placeId).toBe(away.placeId)
  expect(calledFrom(line, 50)).toEqual([away, second, third].map(({ placeId }) => placeId))
  expect(line.next(50)).toBeNull()
})

test('asking again keeps the one place and says that one is still there', () => {
  const line = new Line(1_000)
  line.stand(placeOf(1, 1), 10)
  line.stand(placeOf(1, 1), 90)
  expect(line.length).toBe(1)
  expect(calledFrom(line, 50)).toEqual(['1.1'])
})

test('a full line forgets those who went away before it turns anybody away', () => {
  const line = new Line(3)
  line.stand(placeOf(1, 1), 1_000_000)
  line.stand(placeOf(2, 2, 'away'), 10)
  line.stand(placeOf(3, 3), 1_000_000)
  expect(line.hasRoom(10)).toBe(false)
  // It looks for them now and then, not for everyone who comes.
  expect(line.hasRoom(11)).toBe(false)
  expect(line.hasRoom(20_000)).toBe(true)
  expect([line.length, line.placeOf('away')]).toEqual([2, undefined])
  expect(calledFrom(line, 20_000)).toEqual(['1.1', '3.3'])
})
