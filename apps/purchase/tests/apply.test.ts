import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { campaignFile, moments } from './_campaign.ts'
import { type Caller, setStage, type Stage } from './_stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
  await stage.openCampaign()
})
afterAll(() => stage.drop())
beforeEach(() => {
  stage.clock.at = moments.apply
})

const path = '/v1/campaigns/MIRAI2027/applications' as const
const applyAs = (who: Caller, body: object) => stage.send(who, `POST ${path}`, { body })

test('an application is answered with a receipt that anybody can recompute', async () => {
  const person = await stage.account('resident')
  const { status, body } = await applyAs(person, stage.wishOf(5))
  expect(status).toBe(201)
  expect(body).toMatchObject({
    campaign: 'MIRAI2027',
    units: 5,
    group: 'RESIDENT',
    state: 'active',
    changeNo: 1,
    appliedAt: '2026-12-05T03:00:00.000Z',
  })
  const lines = [
    'minnaken-application-v1',
    'campaign=MIRAI2027',
    `application=${String(body['applicationNo'])}`,
    'change=1',
    'state=active',
    'units=5',
    'group=RESIDENT',
    'at=2026-12-05T03:00:00.000Z',
  ].join('\n')
  expect(body['digest']).toBe(createHash('sha256').update(lines).digest('hex'))
  expect((await stage.send(person, `GET ${path}/mine`)).body).toEqual(body)
})

test('units can be changed, withdrawn and wished for again, each version under a digest', async () => {
  const person = await stage.account('resident')
  const wish = stage.wishOf(5)
  const receipts = [
    await applyAs(person, wish),
    await stage.send(person, `PUT ${path}/mine`, { body: { units: 2 } }),
    await stage.send(person, `DELETE ${path}/mine`),
    await stage.send(person, `DELETE ${path}/mine`),
    await applyAs(person, { ...wish, units: 3, group: 'WORKER' }),
    await stage.send(person, `PUT ${path}/mine`, { body: { units: 3 } }),
  ].map(({ status, body }) => [
    status,
    body['changeNo'],
    body['state'],
    body['units'],
    body['group'],
    body['applicationNo'],
  ])
  const no = receipts[0]?.[5]
  expect(receipts).toEqual([
    [201, 1, 'active', 5, 'RESIDENT', no],
    [200, 2, 'active', 2, 'RESIDENT', no],
    [200, 3, 'withdrawn', 2, 'RESIDENT', no],
    [200, 3, 'withdrawn', 2, 'RESIDENT', no],
    [201, 4, 'active', 3, 'WORKER', no],
    [200, 4, 'active', 3, 'WORKER', no],
  ])
  const kept = await stage.owner
    .selectFrom('sale.application_change')
    .select(['change_no', 'units_wanted', 'state'])
    .where('changed_by', '=', person.accountId)
    .orderBy('change_no')
    .execute()
  expect(kept.map((row) => [row.change_no, row.units_wanted, row.state])).toEqual([
    [1, 5, 'active'],
    [2, 2, 'active'],
    [3, 2, 'withdrawn'],
    [4, 3, 'active'],
  ])
})

test('the same person applies once, under any account, and the first counts', async () => {
  const [first, second] = [await stage.account('resident'), await stage.account('resident')]
  const wish = stage.wishOf(1)
  await applyAs(first, wish)
  const asAnother = { ...wish, name: wish.name.replace(' ', '　'), units: 4 }
  const refused = await applyAs(second, asAnother)
  expect([refused.status, refused.body['code']]).toEqual([409, 'person_already_applied'])
  expect((await stage.send(second, `GET ${path}/mine`)).status).toBe(404)

  await stage.send(first, `DELETE ${path}/mine`)
  expect((await applyAs(second, asAnother)).status).toBe(201)
  const late = await applyAs(first, wish)
  expect(late.body['code']).toBe('person_already_applied')
})

test('twenty accounts of one person at once make one application', async () => {
  const wish = stage.wishOf(2)
  const accounts = await Promise.all(Array.from({ length: 20 }, () => stage.account('resident')))
  const answers = await Promise.all(accounts.map((person) => applyAs(person, wish)))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(answers.filter(({ body }) => body['code'] === 'person_already_applied')).toHaveLength(19)
})

test('two accounts that come back as one person at once make one application', async () => {
  for (let round = 1; round <= 4; round++) {
    const accounts = [await stage.account('resident'), await stage.account('resident')]
    for (const person of accounts) {
      await applyAs(person, stage.wishOf(1))
      await stage.send(person, `DELETE ${path}/mine`)
    }
    const wish = stage.wishOf(2)
    const answers = await Promise.all(accounts.map((person) => applyAs(person, wish)))
    const codes = answers.map(({ status, body }) => body['code'] ?? status)
    expect(new Set(codes)).toEqual(new Set([201, 'person_already_applied']))
  }
})

test('a button that is pressed four times makes one application, and says whose it is', async () => {
  const person = await stage.account('resident')
  const wish = stage.wishOf(1)
  const answers = await Promise.all(Array.from({ length: 4 }, () => applyAs(person, wish)))
  const codes = answers.map(({ status, body }) => body['code'] ?? status)
  expect(codes.filter((code) => code === 201)).toHaveLength(1)
  expect(codes.filter((code) => code === 'already_applied')).toHaveLength(3)
})

test('an account applies once', async () => {
  const person = await stage.account('resident')
  const { body } = await applyAs(person, stage.wishOf(1))
  const again = await applyAs(person, stage.wishOf(1))
  expect([again.status, again.body['code'], again.body['applicationNo']]).toEqual([
    409,
    'already_applied',
    body['applicationNo'],
  ])
})

test.each([
  {
    why: 'before the window',
    at: moments.apply - 5 * 86_400_000,
    wish: {},
    code: 'apply_not_open',
    data: { opensAt: '2026-12-01T01:00:00.000Z', closesAt: '2026-12-17T15:00:00.000Z' },
  },
  {
    why: 'at its end',
    at: moments.applyEnd,
    wish: {},
    code: 'apply_over',
    data: { closedAt: '2026-12-17T15:00:00.000Z' },
  },
  {
    why: 'in an unknown group',
    at: moments.apply,
    wish: { group: 'STUDENT' },
    code: 'not_eligible',
    data: { rule: 'group', groups: ['RESIDENT', 'WORKER'] },
  },
  {
    why: 'a day too young',
    at: moments.apply,
    wish: { birthDate: '2008-12-06' },
    code: 'not_eligible',
    data: { rule: 'min_age', minAge: 18 },
  },
  {
    why: 'for more than the cap',
    at: moments.apply,
    wish: { units: 6 },
    code: 'units_over_cap',
    data: { cap: 5 },
  },
])('an application $why is refused with what would work', async ({ at, wish, code, data }) => {
  stage.clock.at = at
  const person = await stage.account('resident')
  const { body } = await applyAs(person, stage.wishOf(1, wish))
  expect(body).toMatchObject({ code, ...data })
})

test('on the eighteenth birthday, and in the last millisecond, one may apply', async () => {
  stage.clock.at = moments.applyEnd - 1
  const person = await stage.account('resident')
  expect((await applyAs(person, stage.wishOf(5, { birthDate: '2008-12-17' }))).status).toBe(201)
})

test.each([
  { why: 'changing above the cap', line: 'PUT', body: { units: 6 }, code: 'units_over_cap' },
  {
    why: 'changing after the end',
    line: 'PUT',
    body: { units: 1 },
    at: moments.applyEnd,
    code: 'apply_over',
  },
  { why: 'withdrawing after the end', line: 'DELETE', at: moments.applyEnd, code: 'apply_over' },
])('$why is refused', async ({ line, body, at, code }) => {
  const person = await stage.account('resident')
  await applyAs(person, stage.wishOf(2))
  stage.clock.at = at ?? moments.apply
  const refused = await stage.send(person, `${line} ${path}/mine`, body ? { body } : {})
  expect(refused.body['code']).toBe(code)
})

test('who has not applied has nothing to change, withdraw or see', async () => {
  const person = await stage.account('resident')
  const put = await stage.send(person, `PUT ${path}/mine`, { body: { units: 1 } })
  const withdrawn = await stage.send(person, `DELETE ${path}/mine`)
  expect([put.body['code'], withdrawn.body['code']]).toEqual(['not_applied', 'not_applied'])
  expect((await stage.send(person, `GET ${path}/mine`)).status).toBe(404)
})

const bad = [
  ['units', 0, 'min'],
  ['units', 1.5, 'digits_only'],
  ['units', '3', 'type'],
  ['units', -1, 'digits_only'],
  ['group', 'A B', 'format'],
  ['name', '', 'length_min'],
  ['name', ' \n ', 'length_min'],
  ['name', '未来\n太郎', 'plain_text'],
  ['name', 'あ'.repeat(61), 'length_max'],
  ['nameKana', '未来太郎', 'kana'],
  ['birthDate', '1980-02-30', 'date'],
  ['birthDate', '1899-12-31', 'date'],
  ['birthDate', '1980-4-1', 'date'],
  ['address', 'あ'.repeat(121), 'length_max'],
  ['myNumber', '123456789012', 'unknown_field'],
] as const
test.each(bad)('a bad %s (%j) is refused by the rule %s', async (field, value, rule) => {
  const person = await stage.account('resident')
  const refused = await applyAs(person, stage.wishOf(1, { [field]: value }))
  expect(refused.status).toBe(400)
  expect(refused.body['faults']).toContainEqual(expect.objectContaining({ field, rule }))
})

test('a missing field is named', async () => {
  const person = await stage.account('resident')
  const refused = await applyAs(person, { units: 1 })
  const fields = (refused.body['faults'] as { field: string }[]).map(({ field }) => field)
  expect(fields).toEqual(['group', 'name', 'nameKana', 'birthDate', 'address'])
})

test('with a household cap the household follows from the address and is no address', async () => {
  const file = campaignFile({
    id: 'HOUSE',
    caps: { perPersonUnits: 5, perHouseholdUnits: 8, secondSalePerPerson: 2 },
  })
  await stage.send(stage.clerk, 'POST /v1/campaigns', { raw: JSON.stringify(file) })
  const addresses = ['みらい区東1-2', 'みらい区東１－２', 'みらい区西1-2']
  for (const address of addresses) {
    const body = stage.wishOf(5, { address })
    await stage.send(await stage.account('resident'), 'POST /v1/campaigns/HOUSE/applications', {
      body,
    })
  }
  const rows = await stage.owner
    .selectFrom('sale.application')
    .innerJoin('sale.applicant', 'sale.applicant.application_id', 'sale.application.application_id')
    .select(['household', 'address'])
    .where('address', 'in', addresses)
    .execute()
  const [east, sameEast, west] = addresses.map(
    (address) => rows.find((row) => row.address === address)?.household,
  )
  expect(east).toMatch(/^[0-9a-f]{64}$/)
  expect(sameEast).toBe(east)
  expect(west).not.toBe(east)
})
