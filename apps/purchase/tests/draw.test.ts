import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { drawHashes } from '../src/hashes.ts'
import { moments } from './_campaign.ts'
import { codeOf, drawDesk, verify } from './_draw.ts'
import { type Answer, drawFor, setStage, type Stage, tally } from './_stage.ts'

let stage: Stage
let desk: ReturnType<typeof drawDesk>
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.drop())
beforeEach(() => {
  desk = drawDesk(stage, stage.newCode())
})

test('a draw is committed, frozen, run and published, and anybody can do it again', async () => {
  await desk.open()
  desk.at(moments.apply)
  const committed = await desk.step('commit')
  expect(committed.body).toMatchObject({ state: 'committed', listDigest: null })
  // Vector 3 of the campaign's specification: 10 units, wishes 5, 5, 3, 2.
  const people = [
    await desk.applyFor(5),
    await desk.applyFor(5),
    await desk.applyFor(3),
    await desk.applyFor(2),
  ]
  desk.at(moments.applyEnd)
  const frozen = await desk.step('freeze')
  expect(frozen.body).toMatchObject({
    state: 'frozen',
    seedCommit: committed.body['seedCommit'],
    listDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  desk.at(moments.draw)
  const run = await desk.step('run', { publicValue: '日経平均 41,234.56' })
  expect(run.body).toMatchObject({
    state: 'run',
    applicants: 4,
    units: 10,
    allocated: 10,
    unsold: 0,
    everyApplicantGetsOne: true,
    level: 2,
    remainder: 2,
    candidates: 3,
    histogram: [
      { units: 2, applicants: 2 },
      { units: 3, applicants: 2 },
    ],
  })
  expect((await desk.resultOf(people[0] ?? stage.clerk)).body['code']).toBe('result_not_published')
  expect((await stage.send(null, `GET ${desk.base}/draw/publication`)).status).toBe(409)

  desk.at(moments.results)
  expect((await desk.step('publish')).body['state']).toBe('published')
  const publication = await stage.send(null, `GET ${desk.base}/draw/publication`)
  expect(verify(publication.text)).toEqual({ verified: true, firstDifference: null })
  const published = JSON.parse(publication.text) as Record<string, unknown>
  expect(published).toMatchObject({
    commit: committed.body['seedCommit'],
    listDigest: frozen.body['listDigest'],
    membersDigest: frozen.body['membersDigest'],
    termsDigest: frozen.body['termsDigest'],
    publicValue: '日経平均 41,234.56',
  })

  let won = 0
  for (const person of people) {
    const { body } = await desk.resultOf(person)
    const { explanation, unitsWon, unitsWanted, words } = body
    expect(explanation).toMatchObject({ requested: unitsWanted, units: unitsWon, level: 2 })
    const { message, score } = explanation as { message: string; score: string }
    const seed = `${String(published['seedSecret'])}日経平均 41,234.56`
    expect(score).toBe(drawHashes.hmacSha256Hex(seed, message))
    expect(words).toMatchObject({ ja: expect.any(String), en: expect.any(String) })
    won += Number(unitsWon)
  }
  expect(won).toBe(10)
})

test('every step again answers as the first time and changes nothing', async () => {
  await desk.open()
  desk.at(moments.apply)
  const commits = [await desk.step('commit'), await desk.step('commit')]
  await desk.applyFor(5)
  await desk.applyFor(5)
  desk.at(moments.applyEnd)
  const freezes = [await desk.step('freeze')]
  desk.at(moments.applyEnd + 1_000)
  freezes.push(await desk.step('freeze'))
  desk.at(moments.draw)
  const runs: Answer[] = await Promise.all([desk.step('run'), desk.step('run'), desk.step('run')])
  desk.at(moments.results)
  const publishes = [await desk.step('publish'), await desk.step('publish')]
  const files = [
    await stage.send(null, `GET ${desk.base}/draw/publication`),
    await stage.send(null, `GET ${desk.base}/draw/publication`),
  ]
  runs.push(await desk.step('run'))
  for (const answers of [commits, freezes, publishes])
    expect(answers[1]?.body).toEqual(answers[0]?.body)
  for (const again of runs.slice(1, 3)) expect(again.body).toEqual(runs[0]?.body)
  expect(runs[3]?.body).toEqual({
    ...runs[0]?.body,
    state: 'published',
    publishedAt: publishes[0]?.body['publishedAt'],
  })
  expect(files[1]?.text).toBe(files[0]?.text)
})

test('two runs at once with different public values: one is the draw, the other is refused', async () => {
  await desk.open()
  desk.at(moments.apply)
  await desk.step('commit')
  for (let person = 0; person < 6; person++) await desk.applyFor(5)
  desk.at(moments.applyEnd)
  await desk.step('freeze')
  desk.at(moments.draw)
  const answers = await Promise.all(
    ['1', '2', '3', '4'].map((publicValue) => desk.step('run', { publicValue })),
  )
  expect(tally(answers.map(({ status }) => status))).toBe('200 1, 409 3')
  desk.at(moments.results)
  await desk.step('publish')
  const publication = await stage.send(null, `GET ${desk.base}/draw/publication`)
  const { publicValue } = JSON.parse(publication.text) as { publicValue: string }
  for (const { body } of answers.filter(({ status }) => status === 409))
    expect(body).toMatchObject({ code: 'draw_already_run', publicValue })
  expect(verify(publication.text)).toMatchObject({ verified: true })
})

describe('a step at the wrong time is refused', () => {
  beforeEach(async () => {
    await desk.open()
  })

  test('nothing is frozen, run or published that was not committed', async () => {
    desk.at(moments.results)
    expect(await codeOf(desk.step('freeze'))).toBe('draw_not_committed')
    expect(await codeOf(desk.step('run'))).toBe('draw_not_frozen')
    expect(await codeOf(desk.step('publish'))).toBe('draw_not_run')
  })

  test('the last moment to commit is before applications end', async () => {
    desk.at(moments.applyEnd)
    expect(await codeOf(desk.step('commit'))).toBe('commit_too_late')
    desk.at(moments.applyEnd - 1)
    expect((await desk.step('commit')).status).toBe(200)
  })

  test('the list is frozen when applications have ended, and then nobody comes in', async () => {
    desk.at(moments.apply)
    await desk.step('commit')
    desk.at(moments.applyEnd - 1)
    expect((await desk.step('freeze')).body).toMatchObject({
      code: 'applications_open',
      closesAt: '2026-12-17T15:00:00.000Z',
    })
    desk.at(moments.applyEnd)
    expect((await desk.step('freeze')).status).toBe(200)
    const line = { applicationNo: 'P1', name: '未来 遅', group: 'WORKER', units: 1 }
    const late = stage.send(stage.clerk, `POST ${desk.base}/applications/keyed`, {
      body: { applications: [line] },
    })
    expect(await codeOf(late)).toBe('list_frozen')
  })

  test('the draw waits for its date, and the result for its own', async () => {
    desk.at(moments.apply)
    await desk.step('commit')
    await desk.applyFor(1)
    desk.at(moments.applyEnd)
    expect(await codeOf(desk.step('run'))).toBe('draw_not_frozen')
    await desk.step('freeze')
    desk.at(moments.draw - 1)
    expect((await desk.step('run')).body).toMatchObject({
      code: 'draw_not_due',
      dueAt: '2027-01-12T01:00:00.000Z',
    })
    desk.at(moments.draw)
    expect((await desk.step('run')).status).toBe(200)
    desk.at(moments.results - 1)
    expect(await codeOf(desk.step('publish'))).toBe('results_not_due')
    desk.at(moments.results)
    expect((await desk.step('publish')).status).toBe(200)
  })
})

test('who withdrew is not in the list, and a result is nobody else’s', async () => {
  await desk.open()
  desk.at(moments.apply)
  await desk.step('commit')
  const stays = await desk.applyFor(2)
  const goes = await desk.applyFor(2)
  await stage.send(goes, `DELETE ${desk.base}/applications/mine`)
  desk.at(moments.applyEnd)
  await desk.step('freeze')
  desk.at(moments.draw)
  expect((await desk.step('run')).body).toMatchObject({ applicants: 1, unsold: 8 })
  desk.at(moments.results)
  await desk.step('publish')
  expect((await desk.resultOf(stays)).body).toMatchObject({ unitsWon: 2, unitsWanted: 2 })
  expect((await desk.resultOf(goes)).status).toBe(404)
  expect((await desk.resultOf(await stage.account('resident'))).status).toBe(404)
})

test('the secret of a draw is told by nothing before the publication', async () => {
  await drawFor(stage, [1, 2], { id: desk.code })
  const { seed_secret } = await stage.owner
    .selectFrom('sale.draw')
    .innerJoin('campaign.campaign', 'campaign.campaign.campaign_id', 'sale.draw.campaign_id')
    .select('seed_secret')
    .where('code', '=', desk.code)
    .executeTakeFirstOrThrow()
  const publication = await stage.send(null, `GET ${desk.base}/draw/publication`)
  expect(publication.text).toContain(seed_secret)
  expect(stage.lines.join('')).not.toContain(seed_secret)
  expect((await stage.send(null, `GET ${desk.base}/draw`)).text).not.toContain(seed_secret)
})
