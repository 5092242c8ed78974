import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { moments } from './_campaign.ts'
import { earlyRush, many } from './_rush.ts'
import { type Answer, type Caller, drawFor, newKey, setStage, type Stage, tally } from './_stage.ts'

let stage: Stage
let code: string
let base: `/v1/campaigns/${string}`
beforeAll(async () => {
  stage = await setStage({
    connectionsMax: 4,
    admission: earlyRush,
  })
})
afterAll(() => stage.drop())
beforeEach(() => {
  code = stage.newCode()
  base = `/v1/campaigns/${code}`
})
afterEach(() => stage.assertBooksBalance())

/** The clock of these tests runs by itself, a tenth of a second each few milliseconds. */
function startClock(): () => void {
  const timer = setInterval(() => {
    stage.clock.at += 100
  }, 5)
  return () => clearInterval(timer)
}

type Came = Readonly<{ answer: Answer; tries: number; place: number | null }>

const mayComeBack = new Set(['waiting_room', 'busy', 'outcome_unknown'])

/**
 * Somebody who tries until they are answered. They wait as long as they are told, or, impatient,
 * ask thrice as often; every refusal has to say when to come back.
 */
async function until(
  send: (ticket?: string) => Promise<Answer>,
  isImpatient: boolean,
): Promise<Came> {
  let ticket: string | undefined
  let place: number | null = null
  for (let tries = 1; tries < 1_000; tries++) {
    const answer = await send(ticket)
    ticket = answer.headers.get('admission-ticket') ?? ticket
    if (answer.status !== 503) return { answer, tries, place }
    const retryAfter = Number(answer.headers.get('retry-after'))
    if (!mayComeBack.has(String(answer.body['code'])) || !(retryAfter >= 1))
      throw new Error(`nobody is told when to come back: ${answer.text}`)
    place ??= Number(answer.body['place'])
    const comeBackAt = stage.clock.at + (retryAfter * 1_000) / (isImpatient ? 3 : 1)
    while (stage.clock.at < comeBackAt) await sleep(5)
  }
  throw new Error('never answered')
}

test('a rush of three hundred at applying: every 201 is in the database, all come in', async () => {
  await stage.openCampaign({ id: code })
  stage.clock.at = moments.apply
  const people = await many(300, () => stage.account('resident'))
  const stop = startClock()
  const came = await many(300, (n) => {
    const body = stage.wishOf(1)
    const line = `POST ${base}/applications` as const
    return until(
      (ticket) =>
        stage.send(people[n] as Caller, line, {
          body,
          headers: ticket === undefined ? {} : { 'admission-ticket': ticket },
        }),
      n % 3 === 0,
    )
  })
  stop()
  expect(tally(came.map(({ answer }) => answer.status))).toBe('201 300')
  // It was a rush, or this shows nothing.
  expect(came.filter(({ tries }) => tries > 1).length).toBeGreaterThan(200)
  const rows = await stage.owner
    .selectFrom('sale.application')
    .innerJoin('campaign.campaign', 'campaign.campaign.campaign_id', 'sale.application.campaign_id')
    .select('application_no')
    .where('code', '=', code)
    .execute()
  const told = came.map(({ answer }) => String(answer.body['applicationNo']))
  expect(rows.map((row) => row.application_no).toSorted()).toEqual(told.toSorted())
})

test('a rush of two hundred at a second sale of fifty units: none is oversold, each 201 is kept', async () => {
  const [winner] = await drawFor(stage, [5], { id: code, stock: { units: 55 } })
  const card = (units: number) => ({ method: 'card', units, card: 'tok_ok' })
  await stage.send(winner as Caller, `POST ${base}/orders`, { body: card(5), key: newKey() })
  stage.clock.at = moments.release
  await stage.send(stage.clerk, `POST ${base}/release`)
  const people = await many(200, () => stage.account('resident'))
  stage.clock.at = moments.resale
  const stop = startClock()
  const came = await many(200, (n) => {
    const key = newKey()
    const body = { ...card(1), sale: 'second_sale' }
    return until(
      (ticket) =>
        stage.send(people[n] as Caller, `POST ${base}/orders`, {
          body,
          key,
          headers: ticket === undefined ? {} : { 'admission-ticket': ticket },
        }),
      n % 3 === 0,
    )
  })
  stop()
  const results = came.map(({ answer: { status, body } }) => (status < 300 ? status : body['code']))
  expect(tally(results)).toBe('201 50, sold_out 150')
  expect(came.filter(({ tries }) => tries > 1).length).toBeGreaterThan(130)
  const orders = await stage.owner
    .selectFrom('sale.order')
    .innerJoin('campaign.campaign', 'campaign.campaign.campaign_id', 'sale.order.campaign_id')
    .select(['order_id', 'units', 'state'])
    .where('code', '=', code)
    .where('sale_seq', 'is not', null)
    .execute()
  expect(orders.every(({ state }) => state === 'paid')).toBe(true)
  expect(orders.reduce((units, order) => units + order.units, 0)).toBe(50)
  const told = came.flatMap(({ answer: { status, body } }) =>
    status === 201 ? [String(body['orderId'])] : [],
  )
  expect(orders.map((order) => order.order_id).toSorted()).toEqual(told.toSorted())
  // First come, first served, among those who come when they are told to. Whoever asks more often may
  // find something free that would else stay so.
  const lastPlace = Math.max(
    ...came.map(({ answer, place }, n) =>
      answer.status === 201 && n % 3 !== 0 ? (place ?? 0) : 0,
    ),
  )
  expect(lastPlace).toBeLessThan(150)
})
