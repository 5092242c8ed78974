import { describe, expect, test } from 'vitest'
import { headersOf, withTurn } from './_gate.ts'

describe('a turn', () => {
  test('is not waited for again while it lasts, and not longer', async () => {
    const { enter, fill, clock, turn, settings } = await withTurn('a')
    await fill()
    const until = clock.at + settings.admittedMs
    expect(await enter({ session: 'a', ticket: turn })).toMatchObject({ is: 'in' })
    clock.at = until - 1
    await enter({ session: 'somebody' })
    await fill()
    expect(await enter({ session: 'a', ticket: turn })).toMatchObject({ is: 'in' })
    clock.at = until
    const over = await enter({ session: 'a', ticket: turn })
    expect(over).toMatchObject({
      is: 'ticket_expired',
      cookie: expect.stringMatching(/=; Max-Age=0/),
    })
  })

  test('is no second one for whoever comes with the ticket of the place', async () => {
    const { enter, fill, clear, clock, waiting, settings } = await withTurn('a')
    expect(await enter({ session: 'a', ticket: waiting })).toMatchObject({ is: 'in' })
    clock.at += settings.admittedMs
    // Other turns begin meanwhile, which is when old ones are forgotten.
    await fill()
    expect(await enter({ session: 'other 1' })).toMatchObject({ is: 'waiting_room' })
    clear()
    clock.at += 3_000
    expect(await enter({ session: 'other 1' })).toMatchObject({
      is: 'in',
      ticket: expect.any(String),
    })
    await fill()
    expect(await enter({ session: 'a', ticket: waiting })).toMatchObject({ is: 'ticket_expired' })
  })

  test('is for one session: a shown-around ticket lets nobody else in', async () => {
    const { enter, turn, waiting } = await withTurn('a')
    for (const ticket of [turn, waiting])
      for (const from of [{ ticket }, { ticket, session: 'b' }])
        expect(await enter(from)).toMatchObject({ is: 'ticket_of_another' })
  })

  test('of somebody without a session is for the first one that has one', async () => {
    const { enter, turn, waiting } = await withTurn()
    expect(await enter({ ticket: turn, session: 'a' })).toMatchObject({ is: 'in' })
    for (const ticket of [turn, waiting])
      for (const from of [{ ticket }, { ticket, session: 'b' }])
        expect(await enter(from)).toMatchObject({ is: 'ticket_of_another' })
    expect(await enter({ ticket: turn, session: 'a' })).toMatchObject({ is: 'in' })
  })

  test('that was nobody’s yet is for one of those who come with it at once', async () => {
    const { enter, waiting } = await withTurn()
    const sessions = ['a', 'b', 'c', 'd', 'e']
    const came = await Promise.all(sessions.map((session) => enter({ ticket: waiting, session })))
    expect(came.map(({ is }) => is).toSorted()).toEqual([
      'in',
      ...sessions.slice(1).map(() => 'ticket_of_another'),
    ])
    const signingIn = await withTurn()
    const shown = headersOf({ ticket: signingIn.turn })
    await Promise.all(sessions.map((session) => signingIn.gate.follow(shown, session)))
    const after = []
    for (const session of sessions)
      after.push(await signingIn.enter({ ticket: signingIn.turn, session }))
    expect(after.filter(({ is }) => is === 'in')).toHaveLength(1)
  })

  test('goes with its person through a sign-in, and with nobody else', async () => {
    const { gate, enter, turn } = await withTurn()
    await gate.follow(headersOf({ ticket: turn }), 'a')
    await gate.follow(headersOf({ ticket: turn }), 'b')
    expect(await enter({ ticket: turn, session: 'b' })).toMatchObject({ is: 'ticket_of_another' })
    expect(await enter({ ticket: turn, session: 'a' })).toMatchObject({ is: 'in' })
    await gate.follow(headersOf({ ticket: turn, session: 'a' }), 'a again')
    expect(await enter({ ticket: turn, session: 'a again' })).toMatchObject({ is: 'in' })
    expect(await enter({ ticket: turn, session: 'a' })).toMatchObject({ is: 'ticket_of_another' })
  })

  test('is for so many requests', async () => {
    const { enter, clear, turn, settings } = await withTurn('a')
    for (let used = 1; used < settings.usesMax; used++) {
      expect(await enter({ session: 'a', ticket: turn })).toMatchObject({ is: 'in' })
      clear()
    }
    expect(await enter({ session: 'a', ticket: turn })).toMatchObject({ is: 'ticket_used_up' })
    const stranger = await withTurn()
    for (let used = 1; used < settings.usesOfStrangerMax; used++)
      expect(await stranger.enter({ ticket: stranger.turn })).toMatchObject({ is: 'in' })
    expect(await stranger.enter({ ticket: stranger.turn })).toMatchObject({ is: 'ticket_used_up' })
  })

  test('of a session that was invented is for no more requests than that of a stranger', async () => {
    const { enter, clear, waiting, settings } = await withTurn()
    const invented = { session: 'invented', isInvented: true, ticket: waiting }
    const came: string[] = []
    for (let n = 0; n < settings.usesMax; n++) {
      came.push((await enter(invented)).is)
      clear()
    }
    expect(came.filter((is) => is === 'in').length).toBeLessThan(settings.usesOfStrangerMax)
    expect(came.at(-1)).toBe('ticket_used_up')
  })

  test('of a stranger who signs in is for as many as that of anyone with a session', async () => {
    const { gate, enter, clear, turn, settings } = await withTurn()
    await gate.follow(headersOf({ ticket: turn }), 'signed in')
    for (let used = 1; used < settings.usesMax; used++) {
      expect(await enter({ session: 'signed in', isInvented: true })).toMatchObject({ is: 'in' })
      clear()
    }
    expect(await enter({ session: 'signed in' })).toMatchObject({ is: 'ticket_used_up' })
  })
})

test('a turn that was given before a restart is still one, for its own session', async () => {
  const before = await withTurn('a')
  const after = before.another()
  after.clock.at = before.clock.at
  await after.fill()
  for (let n = 0; n < 10; n++) await after.enter({ session: `new ${n}` })
  expect(await after.enter({ session: 'b', ticket: before.turn })).toMatchObject({
    is: 'ticket_of_another',
  })
  expect(await after.enter({ session: 'a', ticket: before.turn })).toMatchObject({ is: 'in' })
  after.clock.at += after.settings.admittedMs
  await after.fill()
  expect(await after.enter({ session: 'a', ticket: before.turn })).toMatchObject({
    is: 'ticket_expired',
  })
})
