import { connect } from '@minnaken/db'
import { type DrawHashes, parsePublication, verifyPublication } from '@minnaken/domain'
import { type Verification, verifyLedger } from '@minnaken/ledger'
import { checkZengin } from '@minnaken/zengin'
import { drawHashes } from '../draw/hashes.ts'
import type { Person } from '../people/people.ts'
import { at, campaignFile, unitsFor, wishes } from './campaign.ts'
import { runDraw } from './draw.ts'
import { type KeyedLine, claimAll, keyList } from './keyed.ts'
import { type Summary, writeDemoFile } from './report.ts'
import { applyAll, payAll, signUp } from './residents.ts'
import { type SettledRun, payOut, settlePeriod } from './settle.ts'
import { openShops, openTills } from './shops.ts'
import { type Stage, withStage } from './stage.ts'
import { type Journal, spendAWeek, tryMisuse } from './week.ts'

const campaign = 'MIRAI2027'

export type DemoOptions = Readonly<{
  /** A list of applications that a clerk keys; without it 500 invented residents apply. */
  lines: readonly KeyedLine[] | null
  units: number | null
  /** How many people take part by passkey, all or of the list. */
  residents: number
}>

type Crew = Readonly<{ clerk: Person; approver: Person }>

/** A whole campaign, from the first invitation to the second bank file, through the services' own doors. */
export const runDemo = (options: DemoOptions): Promise<Summary> => {
  const startedAt = performance.now()
  return withStage((stage) => runOn(stage, options, startedAt))
}

async function runOn(
  stage: Stage,
  { lines, units, residents: count }: DemoOptions,
  startedAt: number,
): Promise<Summary> {
  await stage.travelTo(at('2026-11-25T10:00:00'))
  const crew = { clerk: await stage.hire('clerk'), approver: await stage.hire('approver') }
  const groups = lines === null ? ['RESIDENT', 'WORKER'] : [...new Set(lines.map((l) => l.group))]
  const stock = units ?? (lines === null ? unitsFor(count) : 48_000)
  const file = campaignFile({ id: campaign, units: stock, groups })
  await crew.clerk.get({
    method: 'POST',
    url: `${stage.urls.purchase}/v1/campaigns`,
    text: JSON.stringify(file),
  })
  await crew.clerk.get({
    method: 'POST',
    url: `${stage.urls.purchase}/v1/campaigns/${campaign}/draw/commit`,
  })
  stage.say('事業を開き、抽選の種を封じました / campaign open, seed committed')
  const shops = await openShops(stage, crew.clerk)
  stage.say(`${shops.length} 店が参加しました / shops accepted`)

  const { residents, figures, publication } = await sell(stage, { crew, lines, count })
  const tills = await openTills(stage, shops)
  const spenders = residents.filter(({ place }) => place % 20 !== 3)
  const journal = await spendAWeek(stage, { residents: spenders, tills })
  await tryMisuse(stage, { residents: spenders, tills, journal })

  const runs = await settleTwice(stage, crew, journal)
  return await conclude(stage, { figures, publication, journal, runs, startedAt })
}

/** Applications, the draw, payment, and the release of what nobody paid. */
async function sell(
  stage: Stage,
  {
    crew,
    lines,
    count,
  }: Readonly<{ crew: Crew; lines: readonly KeyedLine[] | null; count: number }>,
) {
  await stage.travelTo(at('2026-12-02T12:00:00'))
  const wanted =
    lines?.slice(0, count).map(({ group, units }) => ({ group, units })) ?? wishes(count)
  const residents = await signUp(stage, wanted)
  if (lines === null) await applyAll(stage, { campaign, residents })
  else {
    const codes = await keyList(stage, { clerk: crew.clerk, campaign, lines })
    await claimAll(stage, { campaign, residents, lines, codes })
  }
  stage.say('申込みが終わりました / everyone has applied')
  const { figures, publication } = await runDraw(stage, { clerk: crew.clerk, campaign })
  stage.say(`抽選: 全員 ${figures.level} 口まで / drawn`)
  await stage.travelTo(at('2027-02-02T12:00:00'))
  await payAll(stage, { campaign, residents, slipsPaidAt: at('2027-02-04T18:00:00') })
  stage.say('支払いが終わりました / paid')
  return { residents, figures, publication }
}

/** Two closings; between them the unpaid wins are released and the federation corrects a payment. */
async function settleTwice(stage: Stage, crew: Crew, journal: Journal): Promise<SettledRun[]> {
  const { clerk } = crew
  const released = await clerk.get({
    method: 'POST',
    url: `${stage.urls.purchase}/v1/campaigns/${campaign}/release`,
  })
  stage.expect('払われなかった当選は戻る', Number(released['unitsReleased']) > 0)
  const first = await settlePeriod(stage, {
    ...crew,
    periodStart: '2027-02-01',
    periodEnd: '2027-02-15',
  })
  await correct(stage, clerk, journal)
  await payOut(stage, clerk, first)
  await stage.travelTo(at('2027-03-01T09:00:00'))
  const second = await settlePeriod(stage, {
    ...crew,
    periodStart: '2027-02-16',
    periodEnd: '2027-02-28',
  })
  await payOut(stage, clerk, second)
  return [first, second]
}

/** A payment of the closed period turns out to be wrong: the federation voids it, for the next run. */
async function correct(stage: Stage, clerk: Person, journal: Journal): Promise<void> {
  const found = [...journal.accepted].find(([id, { yen }]) => !journal.voided.has(id) && yen > 200)
  if (found === undefined) return
  const [redemptionId] = found
  const url = `${stage.urls.redemption}/v1/redemptions/${redemptionId}/voids`
  await clerk.get({ method: 'POST', url, body: { amountYen: 150, reason: '店からの申し出' } })
  journal.voided.set(redemptionId, 150)
}

async function conclude(
  stage: Stage,
  {
    figures,
    publication,
    journal,
    runs,
    startedAt,
  }: Readonly<{
    figures: Summary['draw'] & { applicants: number }
    publication: string
    journal: Journal
    runs: readonly SettledRun[]
    startedAt: number
  }>,
): Promise<Summary> {
  const verification = await verify(stage)
  compareJournal(stage, journal, verification)
  const parsed = parsePublication(JSON.parse(publication))
  const hashes: DrawHashes = drawHashes()
  stage.expect(
    '抽選をやり直すと同じ結果',
    'publication' in parsed && verifyPublication(parsed.publication, hashes).verified,
  )
  const files = [await writeDemoFile('draw.json', publication)]
  for (const run of runs) {
    const checked = checkZengin(run.file)
    const trailer = checked.valid ? checked.batches[0]?.trailer : undefined
    stage.expect(
      `${run.periodEnd}: 全銀ファイルの合計`,
      trailer?.amount === run.paidYen && trailer.count === run.transfers,
    )
    files.push(await writeDemoFile(`zengin-${run.periodEnd}.txt`, run.file))
  }
  files.push(await writeDemoFile('ledger.json', JSON.stringify(verification, null, 2)))
  return {
    applicants: figures.applicants,
    draw: figures,
    payments: journal.accepted.size,
    voids: journal.voided.size,
    replays: journal.replayed.count,
    refusals: journal.refused,
    runs,
    verification,
    facts: stage.facts,
    files,
    seconds: (performance.now() - startedAt) / 1_000,
  }
}

async function verify(stage: Stage): Promise<Verification> {
  const { db, close } = connect({
    url: stage.database.urlFor('auditor'),
    applicationName: 'minnaken-demo',
    connectionsMax: 1,
    connectionWaitMs: 30_000,
  })
  try {
    return await verifyLedger(db)
  } finally {
    await close()
  }
}

/** What the tills heard is what the book says, to the yen. */
function compareJournal(stage: Stage, journal: Journal, { identity }: Verification): void {
  const taken = [...journal.accepted.values()].reduce((sum, { yen }) => sum + yen, 0)
  const voided = [...journal.voided.values()].reduce((sum, yen) => sum + yen, 0)
  const owed = identity.unsettled + identity.inTransfer + identity.settled
  stage.expect('店が聞いた金額と帳簿が一致', taken - voided === owed, `${taken - voided} / ${owed}`)
  stage.expect('再送はすべて最初の答え', journal.replayed.count > 0, `${journal.replayed.count} 件`)
}
