import { softwareAuthenticator } from '@minnaken/auth/software-authenticator'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { moments } from './_campaign.ts'
import { earlyRush, from, inRush, many } from './_rush.ts'
import { type Caller, setStage, type Stage } from './_stage.ts'

let stage: Stage
let code: string
let base: `/v1/campaigns/${string}`
beforeAll(async () => {
  stage = await setStage({ connectionsMax: 4, admission: earlyRush })
})
afterAll(() => stage.drop())
beforeEach(() => {
  code = stage.newCode()
  base = `/v1/campaigns/${code}`
})

test('in a rush nobody is looked up in the database before it is their turn', async () => {
  await inRush(stage, async ({ send, account }, { service, asked }) => {
    const person = await account('resident')
    const unknown = { cookie: '__Host-resident=unknown', origin: from.headers.origin }
    const before = asked()
    for (const who of [person, { accountId: '', headers: unknown }]) {
      const answer = await send(who, `POST ${base}/orders`, { body: { units: 1 } }, service)
      expect(answer).toMatchObject({ status: 503, body: { code: 'waiting_room', retryable: true } })
      expect(answer.headers.get('set-cookie')).toMatch(
        /^__Host-admission=[\w.-]+; Max-Age=7200; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
      )
      expect(answer.body['ticket']).toBe(answer.headers.get('admission-ticket'))
      const headers = { 'admission-ticket': String(answer.body['ticket']) }
      for (const line of [
        'GET /v1/admission',
        'POST /v1/admission',
        'GET /v1/waiting-room',
      ] as const)
        expect((await send(who, line, { headers }, service)).status).toBe(200)
    }
    expect(asked()).toBe(before)
  })
})

test('in a rush balances, orders and campaigns are seen as ever', async () => {
  stage.clock.at = moments.beforeApply
  await stage.openCampaign({ id: code })
  await inRush(stage, async ({ send, account }, { service }) => {
    const person = await account('resident')
    for (const line of [
      'GET /v1/wallet',
      'GET /v1/orders/mine',
      `GET ${base}`,
      'GET /v1/me',
    ] as const)
      expect([line, (await send(person, line, {}, service)).status]).toEqual([line, 200])
  })
})

test('in a rush a place is taken, asked for by ticket or cookie, and not another one', async () => {
  await inRush(stage, async ({ send, account }, { service }) => {
    const person = await account('resident')
    expect((await send(person, 'GET /v1/admission', {}, service)).body['code']).toBe('no_place')
    const taken = await send(person, 'POST /v1/admission', {}, service)
    expect(taken.body).toMatchObject({ state: 'waiting', place: expect.any(Number) })
    const { place, ticket } = taken.body
    const asked = await send(
      person,
      'GET /v1/admission',
      { headers: { 'admission-ticket': String(ticket) } },
      service,
    )
    expect(asked.body).toMatchObject({ state: 'waiting', place, ticket })
    const { cookie = '' } = person.headers
    const browser = { ...person.headers, cookie: `${cookie}; __Host-admission=${String(ticket)}` }
    const byCookie = await send(
      { accountId: '', headers: browser },
      'GET /v1/admission',
      {},
      service,
    )
    expect(byCookie.body).toMatchObject({ place, ticket })
    const other = await account('resident')
    const refusals = [
      [other, ticket, 'ticket_of_another'],
      [null, ticket, 'ticket_of_another'],
      [person, `${String(ticket)}x`, 'ticket_not_ours'],
      [person, 'x', 'ticket_not_ours'],
    ] as const
    for (const [who, shown, refusal] of refusals) {
      const headers = { 'admission-ticket': String(shown) }
      const answer = await send(who, 'GET /v1/admission', { headers }, service)
      expect(answer).toMatchObject({ status: 403, body: { code: refusal } })
      expect(answer.body['title']).toMatch(/整理券/)
    }
  })
})

test('the waiting page shows the place in five languages and needs nothing from elsewhere', async () => {
  await inRush(stage, async ({ send, account }, { service }) => {
    const person = await account('resident')
    const shown = await send(person, 'GET /v1/waiting-room?to=/apply/MIRAI2027', {}, service)
    expect(shown.status).toBe(200)
    expect(shown.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(shown.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(shown.headers.get('set-cookie')).toContain('__Host-admission=')
    const { body } = await send(person, 'POST /v1/admission', {}, service)
    expect(shown.text).toContain(`<strong data-slot="place">${String(body['place'])}</strong> 番目`)
    expect(shown.text).toContain('このままお待ちください。順番は変わりません。')
    expect(shown.text).toContain('お店でのお支払いには影響ありません。')
    expect(shown.text).toContain('data-state="waiting"')
    expect(shown.text).toContain('href="/apply/MIRAI2027"')
    for (const lang of ['ja', 'en', 'zh-Hans', 'ko']) expect(shown.text).toContain(`lang="${lang}"`)
    expect(shown.text).toContain('<ruby>順番')
    expect(shown.text).not.toMatch(/%[A-Z]+%|style=|onclick|<script>|<style|https?:/)
    for (const path of shown.text.matchAll(/(?:src|rel="stylesheet" href)="([^"]+)"/g)) {
      const part = await send(null, `GET /v1/${String(path[1])}`, {}, service)
      expect([path[1], part.status, part.text.length > 500]).toEqual([path[1], 200, true])
    }
  })
})

test('with no rush the waiting page leads on at once, and only to a page of ours', async () => {
  const shown = await stage.send(null, 'GET /v1/waiting-room')
  expect(shown.text).toContain('data-state="ready"')
  expect(shown.text).toContain('<a class="go" href="/">')
  expect(shown.headers.get('set-cookie')).toBeNull()
  for (const to of [
    '//evil.example',
    'https://evil.example',
    '/%22onload',
    '/a//b',
    'javascript:x',
    '/../x',
  ])
    expect([to, (await stage.send(null, `GET /v1/waiting-room?to=${to}`)).status]).toEqual([
      to,
      400,
    ])
})

test('through a rush somebody registers and applies in one turn, which is for nobody else', async () => {
  stage.clock.at = moments.beforeApply
  await stage.openCampaign({ id: code })
  stage.clock.at = moments.apply
  await inRush(stage, async ({ send, clock, account, wishOf }, { service, end }) => {
    const begin = 'POST /v1/passkeys/registration-options' as const
    const waiting = await send(null, begin, from, service)
    expect(waiting.body['code']).toBe('waiting_room')
    const headers = { ...from.headers, 'admission-ticket': String(waiting.body['ticket']) }
    expect((await send(null, begin, { headers }, service)).body['code']).toBe('waiting_room')
    // The rush goes on behind them.
    await many(300, () => send(null, 'POST /v1/admission', from, service))
    await end()
    clock.at += 1_500
    const begun = await send(null, begin, { headers }, service)
    expect(begun.status).toBe(200)
    const phone = softwareAuthenticator()
    const { challengeId, options } = begun.body
    const response = phone.create(
      options as Parameters<typeof phone.create>[0],
      from.headers.origin,
    )
    const body = { challengeId, response }
    const registered = await send(null, 'POST /v1/passkeys', { headers, body }, service)
    const [session = ''] = (registered.headers.get('set-cookie') ?? '').split(';')
    const mine = { accountId: '', headers: { ...headers, cookie: session } }
    const apply = (who: Caller) =>
      send(who, `POST ${base}/applications`, { body: wishOf(1) }, service)
    const friend = await account('resident')
    expect((await apply(friend)).body['code']).toBe('waiting_room')
    const withMyTicket = { ...friend, headers: { ...friend.headers, ...headers } }
    expect((await apply(withMyTicket)).body['code']).toBe('ticket_of_another')
    expect((await apply(mine)).status).toBe(201)
  })
})
