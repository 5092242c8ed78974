import { connect } from '@minnaken/db'
import { type DrawHashes, parsePublication, verifyPublication } from '@minnaken/domain'
import { type Verification, verifyLedger } from '@minnaken/ledger'
import { checkZengin } from '@minnaken/zengin'
import { drawHashes } from '../draw/hashes.ts'
import type { Person } from '../people/people.ts'
import { type Caps, at, campaignFile, unitsFor, wishes } from './campaign.ts'
import { type Figures, runDraw } from './draw.ts'
import { type Journal, noteVoid } from './journal.ts'
import { type KeyedLine, claimAll, keyList, saidOverCap } from './keyed.ts'
import { tryMisuse } from './misuse.ts'
import { type Summary, writeDemoFile } from './report.ts'
import { type Resident, applyAll, payAll, signUp } from './residents.ts'
import { sellRest } from './second-sale.ts'
import { type SettledRun, payOut, settlePeriod } from './settle.ts'
import { openShops, openTills } from './shops.ts'
import { type Stage, withStage } from './stage.ts'
import { spendAWeek } from './week.ts'

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

async function runOn(stage: Stage, options: DemoOptions, startedAt: number): Promise<Summary> {
  await stage.travelTo(at('2026-11-25T10:00:00'))
  const crew = { clerk: await stage.hire('clerk'), approver: await stage.hire('approver') }
  const purchase = `${stage.urls.purchase}/v1/campaigns`
  const file = fileFor(options)
  await crew.clerk.get({ method: 'POST', url: purchase, text: JSON.stringify(file) })
  await crew.clerk.get({ method: 'POST', url: `${purchase}/${campaign}/draw/commit` })
  stage.say('事業を開き、抽選の種を封じました / campaign open, seed committed')
  const shops = await openShops(stage, crew.clerk)
  stage.say(`${shops.length} 店が参加しました / shops accepted`)

  const sold = await sell(stage, { ...crew, ...options, caps: file.caps })
  const { paidUnits } = sold
  const tills = await openTills(stage, shops)
  const buyers = sold.residents.filter(({ place }) => paidUnits.has(place))
  const { journal, customers } = await spendAWeek(stage, { buyers, tills })
  await tryMisuse(stage, { customers, tills, journal })
  const unitsFree = await release(stage, crew.clerk, sold)

  const first = await settlePeriod(stage, {
    ...crew,
    periodStart: '2027-02-01',
    periodEnd: '2027-02-15',
  })
  await correct(stage, crew.clerk, journal)
  const others = sold.residents.filter(({ place }) => !paidUnits.has(place))
  const residents = [...customers, ...others]
  const unitsSold = await sellRest(stage, {
    campaign,
    residents,
    paidUnits,
    unitsFree,
    caps: file.caps,
    tills,
    journal,
  })
  await payOut(stage, crew.clerk, first)
  await stage.travelTo(at('2027-03-01T09:00:00'))
  const second = await settlePeriod(stage, {
    ...crew,
    periodStart: '2027-02-16',
    periodEnd: '2027-02-28',
  })
  await payOut(stage, crew.clerk, second)
  const runs = [first, second]
  return conclude(stage, {
    ...sold,
    secondSale: { unitsFree, unitsSold },
    journal,
    runs,
    startedAt,
  })
}

function fileFor({ lines, units, residents }: DemoOptions): ReturnType<typeof campaignFile> {
  const groups = lines === null ? ['RESIDENT', 'WORKER'] : [...new Set(lines.map((l) => l.group))]
  const stock = units ?? (lines === null ? unitsFor(residents) : 48_000)
  return campaignFile({ id: campaign, units: stock, groups })
}

type Sold = Readonly<{
  residents: readonly Resident[]
  figures: Figures
  publication: string
  /** What each resident has paid for, by place. */
  paidUnits: ReadonlyMap<number, number>
}>

/** Applications, the draw and payment. */
async function sell(
  stage: Stage,
  { clerk, lines, residents: count, caps }: Crew & DemoOptions & Readonly<{ caps: Caps }>,
): Promise<Sold> {
  const cap = caps.perPersonUnits
  await stage.travelTo(at('2026-12-02T12:00:00'))
  const wanted =
    lines?.slice(0, count).map(({ group, units }) => ({ group, units })) ?? wishes(count, cap)
  const residents = await signUp(stage, wanted)
  if (lines === null) await applyAll(stage, { campaign, residents })
  else {
    const overCap = saidOverCap(lines, cap)
    if (overCap !== null) stage.say(overCap)
    const codes = await keyList(stage, { clerk, campaign, lines })
    await claimAll(stage, { campaign, residents, lines, codes })
  }
  stage.say('申込みが終わりました / everyone has applied')
  const { figures, publication } = await runDraw(stage, { clerk, campaign })
  stage.say(`抽選が終わりました: ${figures.allocated} 口 / drawn`)
  await stage.travelTo(at('2027-02-02T12:00:00'))
  const paidUnits = await payAll(stage, {
    campaign,
    residents,
    slipsPaidAt: at('2027-02-04T18:00:00'),
  })
  stage.say('支払いが終わりました / paid')
  return { residents, figures, publication, paidUnits }
}

/** What was won and not paid goes back, to the unit, with what the draw left over. Answers what is free. */
async function release(stage: Stage, clerk: Person, { figures, paidUnits }: Sold): Promise<number> {
  const url = `${stage.urls.purchase}/v1/campaigns/${campaign}/release`
  const released = await clerk.get({ method: 'POST', url })
  const paid = [...paidUnits.values()].reduce((sum, units) => sum + units, 0)
  const expected = figures.allocated - paid
  const units = Number(released['unitsReleased'])
  stage.expect('払われなかった当選はすべて戻る', units === expected, `${units} / ${expected} 口`)
  const free = Number(released['unitsFree'])
  stage.expect('戻った口数と売れ残りが二次販売に出る', free === figures.units - paid, `${free} 口`)
  return free
}

const FIRST_PERIOD_ENDS = '2027-02-15'

/** A payment of the closed period turns out to be wrong: the federation voids it, for the next run. */
async function correct(stage: Stage, clerk: Person, journal: Journal): Promise<void> {
  const found = [...journal.accepted].find(
    ([id, { yen, on }]) => on <= FIRST_PERIOD_ENDS && yen > 200 && !journal.voided.has(id),
  )
  if (found === undefined) return
  const [redemptionId] = found
  const amountYen = 150
  const url = `${stage.urls.redemption}/v1/redemptions/${redemptionId}/voids`
  await clerk.get({ method: 'POST', url, body: { amountYen, reason: '店からの申し出' } })
  noteVoid(journal, { redemptionId, amountYen })
}

type Ended = Sold &
  Readonly<{
    secondSale: Summary['secondSale']
    journal: Journal
    runs: readonly SettledRun[]
    startedAt: number
  }>

async function conclude(
  stage: Stage,
  { figures, publication, secondSale, journal, runs, startedAt }: Ended,
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
  for (const { periodEnd, file, paidYen, transfers } of runs) {
    if (file === null) continue
    const checked = checkZengin(file)
    const trailer = checked.valid ? checked.batches[0]?.trailer : undefined
    stage.expect(
      `${periodEnd}: 全銀ファイルの合計`,
      trailer?.amount === paidYen && trailer.count === transfers,
    )
    files.push(await writeDemoFile(`zengin-${periodEnd}.txt`, file))
  }
  files.push(await writeDemoFile('ledger.json', JSON.stringify(verification, null, 2)))
  return {
    applicants: figures.applicants,
    draw: figures,
    secondSale,
    payments: journal.accepted.size,
    voids: journal.voided.size,
    replays: journal.replays.same,
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
}
