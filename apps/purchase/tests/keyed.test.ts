import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { moments } from './_campaign.ts'
import { type Caller, setStage, type Stage, tally } from './_stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
  await stage.openCampaign()
})
afterAll(() => stage.drop())
beforeEach(() => {
  stage.clock.at = moments.apply
})

let cards = 0
const card = (given: Readonly<Record<string, unknown>> = {}) => {
  cards += 1
  const applicationNo = `P-${String(cards).padStart(5, '0')}`
  return { applicationNo, name: `未来 葉書${cards}`, group: 'WORKER', units: 2, ...given }
}
const withAddress = { birthDate: '1950-05-05', address: 'みらい区南5-5' }

const key = (applications: readonly object[], who = stage.clerk) =>
  stage.send(who, 'POST /v1/campaigns/MIRAI2027/applications/keyed', { body: { applications } })

type Keyed = { applicationNo: string; claimCode: string }
const keyed = async (...applications: readonly object[]): Promise<Keyed[]> =>
  (await key(applications)).body['applications'] as Keyed[]

const claim = (who: Caller, of: Readonly<Record<string, unknown>>) =>
  stage.send(who, 'POST /v1/applications/claims', { body: { campaign: 'MIRAI2027', ...of } })

const countOf = async (applicationNo: string): Promise<number> => {
  const rows = await stage.owner
    .selectFrom('sale.application')
    .select('application_id')
    .where('application_no', '=', applicationNo)
    .execute()
  return rows.length
}

test('a thousand postcards are taken at once, each with a claim code of its own', async () => {
  const lines = Array.from({ length: 1_000 }, () => card())
  const answer = await key(lines)
  expect(answer.status).toBe(201)
  const made = answer.body['applications'] as Keyed[]
  expect(made.map(({ applicationNo }) => applicationNo)).toEqual(
    lines.map(({ applicationNo }) => applicationNo),
  )
  expect(new Set(made.map(({ claimCode }) => claimCode)).size).toBe(1_000)
  const { rows } = await stage.owner
    .selectFrom('sale.application')
    .select((row) => row.fn.countAll<number>().as('rows'))
    .where('keyed_by', '=', stage.clerk.accountId)
    .executeTakeFirstOrThrow()
  expect(rows).toBeGreaterThanOrEqual(1_000)
})

test('a claim code is stored nowhere', async () => {
  const [made] = await keyed(card())
  const dump = await stage.owner.selectFrom('sale.application').selectAll().execute()
  const texts = JSON.stringify(dump) + stage.lines.join('')
  expect(texts).not.toContain(made?.claimCode)
  expect(texts).not.toContain(made?.claimCode.replaceAll('-', ''))
})

test('with one wrong line none is taken, and every fault has its path', async () => {
  const good = card()
  const [there] = await keyed(card(withAddress))
  const person = await stage.account('resident')
  const wish = stage.wishOf(1)
  await stage.send(person, 'POST /v1/campaigns/MIRAI2027/applications', { body: wish })
  const twin = card({ ...withAddress, address: 'みらい区南6' })
  const { name, birthDate, address } = wish
  const refused = await key([
    good,
    card({ group: 'STUDENT' }),
    card({ applicationNo: good.applicationNo }),
    card({ applicationNo: there?.applicationNo }),
    card({ name, birthDate, address }),
    card({ birthDate: '2010-01-01' }),
    twin,
    { ...twin, applicationNo: 'P-TWIN' },
  ])
  expect([refused.status, refused.body['code']]).toEqual([422, 'keyed_refused'])
  const faults = refused.body['faults'] as { field: string; rule: string }[]
  expect(faults.map(({ field, rule }) => `${field} ${rule}`)).toEqual([
    'applications.1.group unknown_group',
    'applications.2.applicationNo number_twice',
    'applications.3.applicationNo number_taken',
    'applications.4.name person_already_applied',
    'applications.5.birthDate min_age',
    'applications.7.name person_twice',
  ])
  expect(await countOf(good.applicationNo)).toBe(0)
})

test.each([
  [{ applicationNo: 'あ' }, 'applications.0.applicationNo', 'format'],
  [{ units: 0 }, 'applications.0.units', 'min'],
  [{ name: '' }, 'applications.0.name', 'length_min'],
  [{ birthDate: '1950-13-01' }, 'applications.0.birthDate', 'date'],
  [{ phone: '03' }, 'applications.0.phone', 'unknown_field'],
])('a line that is malformed (%j) is refused at %s by %s', async (given, field, rule) => {
  const refused = await key([card(given)])
  expect(refused.status).toBe(400)
  expect(refused.body['faults']).toContainEqual(expect.objectContaining({ field, rule }))
})

test('no lines, and more than a thousand, are refused', async () => {
  for (const [lines, rule] of [
    [[], 'items_min'],
    [Array.from({ length: 1_001 }, () => card()), 'items_max'],
  ] as const) {
    const refused = await key(lines)
    expect(refused.body['faults']).toContainEqual(expect.objectContaining({ rule }))
  }
})

test('the same lines again get new codes, and the old ones are worth nothing', async () => {
  const line = card(withAddress)
  const other = { ...line, address: 'みらい区南7', applicationNo: `${line.applicationNo}b` }
  const [first] = await keyed(other)
  const [second] = await keyed(other)
  expect(second?.claimCode).not.toBe(first?.claimCode)
  expect(await countOf(other.applicationNo)).toBe(1)
  const person = await stage.account('resident')
  expect((await claim(person, { ...first })).body['code']).toBe('claim_refused')
  expect((await claim(person, { ...second })).status).toBe(200)
  expect((await key([other])).body['code']).toBe('keyed_refused')
})

test('two clerks keying the same cards at once take each once', async () => {
  const lines = Array.from({ length: 50 }, () => card())
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, at) => key(at % 2 === 0 ? lines : lines.toReversed())),
  )
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 201])
  for (const { applicationNo } of lines) expect(await countOf(applicationNo)).toBe(1)
})

test('postcards are typed after the window too, but not before it', async () => {
  stage.clock.at = moments.beforeApply
  expect((await key([card()])).body['code']).toBe('apply_not_open')
  stage.clock.at = moments.applyEnd + 1
  expect((await key([card()])).status).toBe(201)
})

test('the person takes the application over with the code, however it is typed, and once', async () => {
  const [made] = await keyed(card({ units: 4 }))
  const person = await stage.account('resident')
  const typed = made?.claimCode.toLowerCase().replaceAll('-', ' ')
  const taken = await claim(person, { ...made, claimCode: typed })
  expect(taken.status).toBe(200)
  expect(taken.body).toMatchObject({
    applicationNo: made?.applicationNo,
    units: 4,
    group: 'WORKER',
  })
  expect((await claim(person, { ...made })).body).toEqual(taken.body)

  const path = '/v1/campaigns/MIRAI2027/applications/mine' as const
  expect((await stage.send(person, `GET ${path}`)).body).toEqual(taken.body)
  expect((await stage.send(person, `PUT ${path}`, { body: { units: 1 } })).status).toBe(200)

  const thief = await stage.account('resident')
  expect((await claim(thief, { ...made })).body['code']).toBe('claim_refused')
})

test('an unknown number, a wrong code and another campaign have the same answer', async () => {
  const [made] = await keyed(card())
  const person = await stage.account('resident')
  const answers = await Promise.all(
    [
      { ...made, applicationNo: 'P-NOBODY' },
      { ...made, claimCode: '0000-0000-0000' },
      { ...made, campaign: 'OTHER' },
    ].map((of) => claim(person, of)),
  )
  const seen = answers.map(({ status, body }) => ({ status, body: { ...body, requestId: '' } }))
  expect(seen[0]?.status).toBe(422)
  expect(seen[1]).toEqual(seen[0])
  expect(seen[2]).toEqual(seen[0])
})

test('who has applied already takes nothing over, and nobody takes two', async () => {
  const made = await keyed(card(), card(), card())
  const person = await stage.account('resident')
  const body = stage.wishOf(1)
  await stage.send(person, 'POST /v1/campaigns/MIRAI2027/applications', { body })
  expect((await claim(person, { ...made[0] })).body['code']).toBe('already_applied')

  const greedy = await stage.account('resident')
  const answers = await Promise.all([1, 2].map((at) => claim(greedy, { ...made[at] })))
  expect(tally(answers.map(({ status }) => status))).toBe('200 1, 409 1')
})

test('who withdrew takes over the postcard that somebody keyed for them, and keeps that one', async () => {
  const [made, another] = await keyed(card(), card())
  const person = await stage.account('resident')
  const path = '/v1/campaigns/MIRAI2027/applications' as const
  const body = stage.wishOf(2)
  const first = await stage.send(person, `POST ${path}`, { body })
  expect((await stage.send(person, `DELETE ${path}/mine`)).status).toBe(200)
  const answers = await Promise.all([
    claim(person, { ...made }),
    claim(person, { ...another }),
    stage.send(person, `POST ${path}`, { body: stage.wishOf(3) }),
  ])
  expect(answers.filter(({ status }) => status < 300)).toHaveLength(1)
  const won = answers.find(({ status }) => status < 300)?.body
  expect((await stage.send(person, `GET ${path}/mine`)).body).toMatchObject({
    applicationNo: won?.['applicationNo'],
    state: 'active',
  })
  expect(first.body).toMatchObject({ state: 'active' })
})

test('after the list is frozen a withdrawn application is in nobody’s way either', async () => {
  const [made] = await keyed(card())
  const person = await stage.account('resident')
  const path = '/v1/campaigns/MIRAI2027/applications' as const
  const first = await stage.send(person, `POST ${path}`, { body: stage.wishOf(4) })
  await stage.send(person, `DELETE ${path}/mine`)
  stage.clock.at = moments.applyEnd + 1
  const taken = await claim(person, { ...made })
  expect(taken).toMatchObject({ status: 200, body: { applicationNo: made?.applicationNo } })
  expect((await claim(person, { ...made })).body).toEqual(taken.body)
  expect((await stage.send(person, `GET ${path}/mine`)).body).toEqual(taken.body)
  expect(await countOf(String(first.body['applicationNo']))).toBe(1)
})

test('who applies again at the same moment keeps that application', async () => {
  const [made] = await keyed(card())
  const person = await stage.account('resident')
  const path = '/v1/campaigns/MIRAI2027/applications' as const
  const { applicationNo } = (await stage.send(person, `POST ${path}`, { body: stage.wishOf(5) }))
    .body
  await stage.send(person, `DELETE ${path}/mine`)
  const claimed = await stage.owner.transaction().execute(async (tx) => {
    await tx
      .updateTable('sale.application')
      .set({ state: 'active' })
      .where('application_no', '=', String(applicationNo))
      .execute()
    const answer = claim(person, { ...made })
    await expect.poll(isSomebodyWaiting).toBe(true)
    return { answer }
  })
  expect((await claimed.answer).body).toMatchObject({ code: 'already_applied', applicationNo })
})

const isSomebodyWaiting = async (): Promise<boolean> => {
  const { rows } = await sql`
    select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(stage.owner)
  return rows.length > 0
}
