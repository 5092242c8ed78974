import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { personKeyOf } from '../src/apply/person.ts'
import { moments } from './_campaign.ts'
import { drawDesk, verify } from './_draw.ts'
import { setStage, type Stage, tally } from './_stage.ts'

let stage: Stage
let desk: ReturnType<typeof drawDesk>
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.drop())
beforeEach(() => {
  desk = drawDesk(stage, stage.newCode())
})

test('with fewer units than applicants the clerk has to confirm that not everyone can win', async () => {
  await desk.open({ stock: { units: 5 } })
  desk.at(moments.apply)
  await desk.step('commit')
  const people = []
  for (let person = 0; person < 6; person++) people.push(await desk.applyFor(5))
  desk.at(moments.applyEnd)
  await desk.step('freeze')
  desk.at(moments.draw)
  for (const body of [{}, { confirmNotEveryoneWins: false }])
    expect((await desk.step('run', body)).body).toMatchObject({
      code: 'not_everyone_wins',
      units: 5,
      applicants: 6,
      withoutUnits: 1,
    })
  const run = await desk.step('run', { confirmNotEveryoneWins: true })
  expect(run.body).toMatchObject({ everyApplicantGetsOne: false, level: 0, allocated: 5 })
  desk.at(moments.results)
  await desk.step('publish')
  const results = await Promise.all(people.map(desk.resultOf))
  expect(tally(results.map(({ body }) => body['unitsWon']))).toBe('0 1, 1 5')
})

test('whoever gets a receipt at the last moment is in the frozen list', async () => {
  await desk.open()
  desk.at(moments.apply)
  await desk.step('commit')
  const people = await Promise.all(Array.from({ length: 40 }, () => stage.account('resident')))
  desk.at(moments.applyEnd - 1)
  const coming = people.map((person) =>
    stage.send(person, `POST ${desk.base}/applications`, { body: stage.wishOf(1) }),
  )
  await coming[0]
  desk.at(moments.applyEnd)
  const frozen = await desk.step('freeze')
  const answers = await Promise.all(coming)
  expect(frozen.status).toBe(200)
  const taken = answers.filter(({ status }) => status === 201)
  expect(taken.length).toBeGreaterThan(0)
  expect(taken.length).toBeLessThan(40)
  const listed = await stage.owner
    .selectFrom('sale.win')
    .innerJoin('campaign.campaign', 'campaign.campaign.campaign_id', 'sale.win.campaign_id')
    .select('application_no')
    .where('code', '=', desk.code)
    .execute()
  expect(listed.map((row) => row.application_no).toSorted()).toEqual(
    taken.map(({ body }) => String(body['applicationNo'])).toSorted(),
  )
})

test('the list waits for an applicant who was let in before the end and is still being written', async () => {
  await desk.open()
  desk.at(moments.apply)
  await desk.step('commit')
  const wish = stage.wishOf(1)
  const open = await stage.owner
    .selectFrom('campaign.campaign')
    .select('campaign_id')
    .where('code', '=', desk.code)
    .executeTakeFirstOrThrow()
  // Somebody else's unfinished row with the same person key makes the insert wait.
  const blocker = await stage.owner.startTransaction().execute()
  const application_id = stage.newId()
  const at = new Date(stage.clock.at)
  await blocker
    .insertInto('sale.application')
    .values({
      application_id,
      ...open,
      application_no: 'BLOCKER',
      units_wanted: 1,
      state: 'active',
      keyed_by: stage.clerk.accountId,
      applied_at: at,
      changed_at: at,
    })
    .execute()
  await blocker
    .insertInto('sale.applicant')
    .values({ application_id, ...open, name: '未来', person_key: personKeyOf(wish) })
    .execute()

  desk.at(moments.applyEnd - 1)
  const person = await stage.account('resident')
  const applying = stage.send(person, `POST ${desk.base}/applications`, { body: wish })
  await expect.poll(waitingForLocks).toBe(1)
  desk.at(moments.applyEnd)
  const freezing = desk.step('freeze')
  await expect.poll(waitingForLocks).toBe(2)
  await blocker.rollback().execute()

  const [applied, frozen] = await Promise.all([applying, freezing])
  expect([applied.status, frozen.status]).toEqual([201, 200])
  const listed = await stage.owner
    .selectFrom('sale.win')
    .select('application_no')
    .where('campaign_id', '=', open.campaign_id)
    .execute()
  expect(listed).toEqual([{ application_no: applied.body['applicationNo'] }])
})

const waitingForLocks = async (): Promise<number> => {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(stage.owner)
  return rows[0]?.waiting ?? 0
}

test('what-if foretells level, remainder and histogram, and changes nothing', async () => {
  await desk.open()
  desk.at(moments.apply)
  for (const units of [5, 5, 3, 2]) await desk.applyFor(units)
  const ask = (query: string) => stage.send(stage.clerk, `GET ${desk.base}/draw/what-if${query}`)
  expect((await ask('')).body).toMatchObject({ cap: 5, units: 10, level: 2, remainder: 2 })
  expect((await ask('?units=15')).body).toMatchObject({ level: 5, remainder: 0, unsold: 0 })
  expect((await ask('?units=10&cap=2')).body).toMatchObject({
    cap: 2,
    level: 2,
    unsold: 2,
    histogram: [{ units: 2, applicants: 4 }],
  })
  for (const query of ['?units=-1', '?units=1e2', '?cap=0', '?seed=1'])
    expect((await ask(query)).status).toBe(400)
  expect((await stage.send(null, `GET ${desk.base}/draw`)).body['state']).toBe('none')
})

test('groups by quota and households are drawn by the same steps', async () => {
  const quota = { algorithm: 'maxmin-v1', groups: 'quota', order: ['RESIDENT', 'WORKER'] }
  await desk.open({ allocation: { ...quota, quotas: { RESIDENT: 6, WORKER: 4 } } })
  const file = {
    id: 'HOUSE',
    caps: { perPersonUnits: 5, perHouseholdUnits: 8, secondSalePerPerson: 2 },
  }
  await stage.openCampaign(file)
  desk.at(moments.apply)
  await desk.step('commit')
  await desk.applyFor(5)
  await desk.applyFor(5, { group: 'WORKER' })
  await stage.send(stage.clerk, 'POST /v1/campaigns/HOUSE/draw/commit')
  const addresses = ['みらい区東1', 'みらい区東1', 'みらい区西1', 'みらい区北1']
  for (const [n, address] of addresses.entries()) {
    const body = stage.wishOf([5, 5, 5, 2][n] ?? 0, { address })
    await stage.send(await stage.account('resident'), 'POST /v1/campaigns/HOUSE/applications', {
      body,
    })
  }
  desk.at(moments.applyEnd)
  await desk.step('freeze')
  await stage.send(stage.clerk, 'POST /v1/campaigns/HOUSE/draw/freeze')
  desk.at(moments.draw)
  const byQuota = await desk.step('run')
  expect(byQuota.body).toMatchObject({
    level: null,
    allocated: 10,
    groups: [
      { group: 'RESIDENT', level: 5 },
      { group: 'WORKER', level: 5 },
    ],
  })
  const byHousehold = await stage.send(stage.clerk, 'POST /v1/campaigns/HOUSE/draw/run', {
    body: {},
  })
  expect(byHousehold.body).toMatchObject({ allocated: 10, level: 4, remainder: 0 })
  desk.at(moments.results)
  for (const code of [desk.code, 'HOUSE']) {
    await stage.send(stage.clerk, `POST /v1/campaigns/${code}/draw/publish`)
    const { text } = await stage.send(null, `GET /v1/campaigns/${code}/draw/publication`)
    expect(verify(text)).toMatchObject({ verified: true })
    expect(text).not.toContain('みらい区東')
    expect(text.includes('"household":"H000001"')).toBe(code === 'HOUSE')
  }
  expect((await stage.send(stage.clerk, `GET ${desk.base}/draw/what-if?units=5`)).status).toBe(422)
})
