import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { campaignFile, moments } from './_campaign.ts'
import { setStage, type Stage, tally } from './_stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.drop())

const open = (text: string) => stage.send(stage.clerk, 'POST /v1/campaigns', { raw: text })

test('a campaign is opened from its file, with its stock and its business days', async () => {
  stage.clock.at = moments.beforeApply
  const text = `${JSON.stringify(campaignFile({ id: 'OPEN1' }), null, 2)}\n`
  const opened = await open(text)
  expect(opened.status).toBe(201)
  const sha256 = createHash('sha256').update(text).digest('hex')
  expect(opened.body).toMatchObject({ code: 'OPEN1', sha256, stockUnits: 10, findings: [] })

  const row = await stage.owner
    .selectFrom('campaign.campaign')
    .innerJoin('sale.stock', 'sale.stock.campaign_id', 'campaign.campaign.campaign_id')
    .select(['config', 'config_sha256', 'opened_by', 'units_total', 'units_free'])
    .where('code', '=', 'OPEN1')
    .executeTakeFirst()
  expect(row).toEqual({
    config: text,
    config_sha256: sha256,
    opened_by: stage.clerk.accountId,
    units_total: 10,
    units_free: 0,
  })
  const days = await stage.owner
    .selectFrom('ledger.bucket_day')
    .select(({ fn }) => [
      'bucket',
      fn.min('business_date').as('first'),
      fn.max('business_date').as('last'),
    ])
    .groupBy('bucket')
    .orderBy('bucket')
    .execute()
  expect(days).toEqual([
    { bucket: 0, first: '2026-11-30', last: '2027-10-02' },
    { bucket: 1, first: '2026-11-30', last: '2027-10-02' },
  ])
})

test('the same bytes find the open campaign, other bytes are refused', async () => {
  const text = JSON.stringify(campaignFile({ id: 'OPEN2' }))
  const first = await open(text)
  stage.clock.at += 60_000
  const again = await open(text)
  expect([first.status, again.status]).toEqual([201, 200])
  expect(again.body).toEqual(first.body)
  const other = await open(`${text}\n`)
  expect([other.status, other.body['code']]).toEqual([409, 'campaign_exists'])
  expect(other.body['sha256']).toBe(first.body['sha256'])
})

test('eight clerks opening the same file at once open it once', async () => {
  const text = JSON.stringify(campaignFile({ id: 'OPEN3' }))
  const answers = await Promise.all(Array.from({ length: 8 }, () => open(text)))
  expect(tally(answers.map(({ status }) => status))).toBe('200 7, 201 1')
})

const sixMonths = {
  ...campaignFile().windows,
  use: ['2027-02-01T00:00:00+09:00', '2027-08-02T00:00:00+09:00'],
}
test.each([
  { why: 'a field that the form does not know', changes: { colour: 'red' }, rule: 'unknown_field' },
  {
    why: 'validity over six months',
    changes: { windows: sixMonths, expiresExclusive: '2027-08-02T00:00:00+09:00' },
    rule: 'validity_over_six_months',
  },
  { why: 'an id that is no code', changes: { id: 'lower.case' }, rule: 'id_form' },
  {
    why: 'a settlement other than that of an open campaign',
    changes: { id: 'OTHER', settlement: { ...campaignFile().settlement, shopFeeBps: 100 } },
    rule: 'settlement_differs',
  },
])('a file with $why is refused with the finding', async ({ changes, rule }) => {
  await open(JSON.stringify(campaignFile({ id: 'OPEN1' })))
  const refused = await open(JSON.stringify(campaignFile(changes)))
  expect([refused.status, refused.body['code']]).toEqual([422, 'campaign_refused'])
  expect(refused.body['findings']).toContainEqual(
    expect.objectContaining({
      level: 'error',
      rule,
      message: { ja: expect.any(String), en: expect.any(String) },
    }),
  )
  const rows = await stage.owner
    .selectFrom('campaign.campaign')
    .select('code')
    .where('code', 'in', ['OTHER', 'lower.case'])
    .execute()
  expect(rows).toEqual([])
})

test.each([
  { text: '{', code: 'malformed_json' },
  { text: '', code: 'malformed_json' },
  { text: '{"id":"A","id":"B"}', code: 'duplicate_key' },
  { text: '{"stock":{"units":1e2}}', code: 'invalid_field' },
])('a file that is no strict JSON is refused: $text', async ({ text, code }) => {
  const refused = await open(text)
  expect([refused.status, refused.body['code']]).toEqual([400, code])
})

test('anyone sees the campaigns, and one that is not there is not found', async () => {
  await open(JSON.stringify(campaignFile({ id: 'OPEN1' })))
  const list = await stage.send(null, 'GET /v1/campaigns')
  expect(list.body['campaigns']).toContainEqual(expect.objectContaining({ code: 'OPEN1' }))
  const one = await stage.send(null, 'GET /v1/campaigns/OPEN1')
  expect(one.body).toMatchObject({
    code: 'OPEN1',
    unit: { priceYen: 10_000, faceYen: 12_500 },
    windows: { apply: { from: '2026-12-01T01:00:00.000Z', until: '2026-12-17T15:00:00.000Z' } },
  })
  for (const code of ['NONE', 'none', '%2e'])
    expect((await stage.send(null, `GET /v1/campaigns/${code}`)).status).toBe(404)
})

test('whoever has the list of campaigns hears that it is still so, until one is opened', async () => {
  const ask = (known = '') =>
    stage.send(null, 'GET /v1/campaigns', { headers: { 'if-none-match': known } })
  const { headers } = await ask()
  stage.clock.at += 60_000
  expect(await ask(headers.get('etag') ?? '')).toMatchObject({ status: 304 })
  await open(JSON.stringify(campaignFile({ id: 'OPEN4' })))
  expect(await ask(headers.get('etag') ?? '')).toMatchObject({ status: 200 })
})
