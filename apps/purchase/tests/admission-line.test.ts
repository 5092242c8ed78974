import { expect, test } from 'vitest'
import { gateAt, headersOf } from './_gate.ts'

test('while the service can take everyone, nobody sees the gate', async () => {
  const { enter, clear, gate } = gateAt()
  for (let round = 0; round < 5; round++) {
    expect(await enter()).toEqual({ is: 'in', ticket: undefined })
    // A ticket is not even looked at.
    expect(await enter({ ticket: 'nonsense' })).toMatchObject({ is: 'in' })
    clear()
  }
  expect(await gate.ask(headersOf({}))).toEqual({ kind: 'open' })
  expect(await gate.takePlace(headersOf({}))).toEqual({ kind: 'open' })
})

test('more than the service can take are given places, and are called in their order', async () => {
  const { enter, fill, clear, clock } = gateAt()
  await fill()
  const people: { session: string; ticket: string }[] = []
  for (let n = 1; n <= 20; n++) {
    const {
      is,
      place,
      ticket = '',
    } = (await enter({ session: `p${n}` })) as { is: string; place?: unknown; ticket?: string }
    expect([is, place]).toEqual(['waiting_room', n])
    people.push({ session: `p${n}`, ticket })
  }
  clear()
  const cameIn: string[] = []
  for (let second = 0; second < 60 && cameIn.length < 20; second++) {
    clock.at += 1_000
    // The impatient ones at the end ask first, every time.
    for (const person of people.toReversed())
      if (!cameIn.includes(person.session) && (await enter(person)).is === 'in')
        cameIn.push(person.session)
    clear()
  }
  expect(cameIn).toEqual(people.map(({ session }) => session))
})

test('whose body is still coming takes no place of others, and has their own when it is here', async () => {
  const { enter, gate } = gateAt()
  const comeBacks: (() => void)[] = []
  for (let n = 0; n < 50; n++) {
    const entry = await gate.enter(headersOf({}))
    if (entry.kind === 'entered') comeBacks.push(entry.stepAside())
  }
  expect(comeBacks).toHaveLength(50)
  expect(gate.figures.inFlight).toBe(0)
  expect(await enter({ session: 'buys' })).toMatchObject({ is: 'in' })
  for (const comeBack of comeBacks) comeBack()
  expect(gate.figures.inFlight).toBe(51)
  expect(await enter({ session: 'comes then' })).toMatchObject({ is: 'waiting_room' })
})

test('somebody who comes without a place goes behind all who wait, also when there is room', async () => {
  const { enter, fill, clear, clock } = gateAt()
  await fill()
  const first = await enter({ session: 'first' })
  const second = await enter({ session: 'second' })
  clear()
  clock.at += 100
  expect(await enter({ session: 'third' })).toMatchObject({ is: 'waiting_room', place: 3 })
  clock.at += 1_000
  expect(await enter({ session: 'second', ticket: second.ticket ?? '' })).toMatchObject({
    is: 'waiting_room',
  })
  expect(await enter({ session: 'first', ticket: first.ticket ?? '' })).toMatchObject({ is: 'in' })
})

test('who has to wait is told when to ask again, and not all at one moment', async () => {
  const { enter, fill, gate } = gateAt()
  await fill()
  const told: number[] = []
  for (let n = 0; n < 300; n++) {
    const { retryAfterSeconds } = (await enter()) as { retryAfterSeconds: number }
    expect(retryAfterSeconds).toBeGreaterThanOrEqual(1)
    expect(retryAfterSeconds).toBeLessThanOrEqual(180)
    told.push(retryAfterSeconds)
  }
  const alike: number[] = []
  for (let n = 0; n < 100; n++)
    alike.push(
      ((await enter({ session: 'last' })) as { retryAfterSeconds: number }).retryAfterSeconds,
    )
  for (const all of [told, alike])
    for (const second of new Set(all))
      expect(all.filter((each) => each === second).length).toBeLessThan(all.length / 3)
  expect(await gate.takePlace(headersOf({}))).toMatchObject({
    kind: 'waiting',
    place: 302,
    estimatedWaitSeconds: 302,
  })
})

test('one session has one place, however often it asks and with or without its ticket', async () => {
  const { enter, fill, gate } = gateAt()
  await fill()
  const { ticket = '' } = await enter({ session: 'a' })
  await enter({ session: 'b' })
  for (let tries = 0; tries < 5; tries++) {
    expect(await enter({ session: 'a' })).toMatchObject({ is: 'waiting_room', place: 1 })
    expect(await enter({ session: 'a', ticket })).toMatchObject({ place: 1, ticket })
  }
  expect(gate.figures.waiting).toBe(2)
})

test('asking on and on brings nobody a turn that asking each second would not', async () => {
  const { enter, fill, clear, clock } = gateAt({ perSecondMin: 20, perSecondMax: 20 })
  await fill()
  const { ticket = '' } = await enter({ session: 'a' })
  clear()
  for (let ms = 50; ms < 900; ms += 50) {
    clock.at += 50
    expect(await enter({ session: 'a', ticket })).toMatchObject({ is: 'waiting_room', place: 1 })
  }
  clock.at += 50
  expect(await enter({ session: 'a', ticket })).toMatchObject({ is: 'in' })
})

test('whoever comes late, after others were called, is next', async () => {
  const { enter, fill, clear, clock, gate } = gateAt()
  await fill()
  const late = await enter({ session: 'late' })
  for (let n = 0; n < 80; n++) await enter({ session: `other ${n}` })
  clear()
  // The late one is passed over, and those behind are called.
  for (let seconds = 0; seconds < 40; seconds += 5) {
    clock.at += 5_000
    for (let n = 0; n < 80; n++) await enter({ session: `other ${n}` })
    clear()
  }
  expect(gate.figures.waiting).toBeGreaterThan(20)
  clock.at += 2_000
  expect(await enter({ session: 'late', ticket: late.ticket ?? '' })).toMatchObject({ is: 'in' })
})

test('a ticket that is forged, expired or of another installation is refused in words', async () => {
  const { enter, fill, clock, settings } = gateAt()
  await fill()
  const { ticket = '' } = await enter({ session: 'a' })
  const [header, payload, signature = ''] = ticket.split('.')
  const forged = `${header}.${payload}.${signature.slice(0, -2)}AA`
  for (const bad of [forged, 'x', 'a.b.c', ticket.replace('.', '..')])
    expect(await enter({ session: 'a', ticket: bad })).toMatchObject({
      is: 'ticket_not_ours',
      cookie: expect.stringMatching(/^__Host-admission=; Max-Age=0; Path=\/; HttpOnly; Secure/),
    })
  clock.at += settings.waitingMs
  expect(await enter({ session: 'a', ticket })).toMatchObject({ is: 'ticket_expired' })
})

test('taking a place with a ticket that does not count is taking a new place', async () => {
  const { gate, enter, fill } = gateAt()
  await fill()
  const { ticket = '' } = await enter({ session: 'a' })
  for (const from of [{ ticket: 'x' }, { ticket, session: 'b' }])
    expect(await gate.ask(headersOf(from))).toMatchObject({ kind: 'ticket_refused' })
  expect(await gate.takePlace(headersOf({ ticket: 'x' }))).toMatchObject({ place: 2 })
  expect(await gate.takePlace(headersOf({ ticket, session: 'b' }))).toMatchObject({ place: 3 })
  expect(await gate.takePlace(headersOf({ ticket, session: 'a' }))).toMatchObject({ place: 1 })
  expect(await gate.ask(headersOf({ session: 'nobody' }))).toEqual({ kind: 'no_place' })
})

test('after a restart, and at another process, tickets of before go first, by their arrival', async () => {
  const before = gateAt()
  await before.fill()
  const tickets: string[] = []
  for (let n = 0; n < 5; n++) {
    before.clock.at += 1
    tickets.push((await before.enter({ session: `p${n}` })).ticket ?? '')
  }
  const after = before.another()
  after.clock.at = before.clock.at + 1_000
  await after.fill()
  expect(await after.enter({ session: 'new' })).toMatchObject({ place: 1 })
  for (const n of [3, 0, 4, 1, 2]) await after.enter({ session: `p${n}`, ticket: tickets[n] ?? '' })
  for (const [n, ticket] of tickets.entries())
    expect(await after.enter({ session: `p${n}`, ticket })).toMatchObject({ place: n + 1 })
  expect(await after.enter({ session: 'new' })).toMatchObject({ place: 6 })
})

test('when even the waiting room is full, one is told to come back, without a place', async () => {
  const { enter, fill, gate } = gateAt({ placesMax: 3 })
  await fill()
  for (let n = 0; n < 3; n++) await enter({ session: `p${n}` })
  const turned = await enter({ session: 'one more' })
  expect(turned).toMatchObject({ is: 'waiting_room', place: null })
  expect((turned as { retryAfterSeconds: number }).retryAfterSeconds).toBeGreaterThanOrEqual(60)
  expect(await gate.takePlace(headersOf({}))).toMatchObject({ kind: 'full' })
  expect(await enter({ session: 'p1' })).toMatchObject({ place: 2 })
})

test('a clock that is set back or far ahead leaves the line moving', async () => {
  const { enter, fill, clear, clock } = gateAt()
  await fill()
  await enter({ session: 'a' })
  clear()
  clock.at -= 3_600_000
  await enter({ session: 'a' })
  clock.at += 2_000
  expect(await enter({ session: 'a' })).toMatchObject({ is: 'in' })
  clock.at += 40 * 86_400_000
  expect(await enter({ session: 'a' })).toMatchObject({ is: 'in' })
})
