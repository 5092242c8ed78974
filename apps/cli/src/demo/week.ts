import { randomUUID } from 'node:crypto'
import type { Till } from '../people/people.ts'
import type { OpenShop } from '../people/shop.ts'
import { at } from './campaign.ts'
import type { Resident } from './residents.ts'
import { type Stage, forEach } from './stage.ts'

type DemoTill = Till & Readonly<{ shop: OpenShop }>

/** What the tills themselves know: every payment they heard was accepted, and what they voided. */
export type Journal = Readonly<{
  accepted: Map<string, Readonly<{ yen: number; till: DemoTill; resident: Resident }>>
  voided: Map<string, number>
  refused: Map<string, number>
  replayed: { count: number }
}>

const days = ['12', '13', '14', '15', '16', '17', '18']

/** A week in February: every day customers pay at twenty tills; on the fourth a phone is stolen. */
export async function spendAWeek(
  stage: Stage,
  { residents, tills }: Readonly<{ residents: readonly Resident[]; tills: readonly DemoTill[] }>,
): Promise<Journal> {
  const journal: Journal = {
    accepted: new Map(),
    voided: new Map(),
    refused: new Map(),
    replayed: { count: 0 },
  }
  for (const day of days) {
    await stage.travelTo(at(`2027-02-${day}T11:30:00`))
    if (day === '15') await losePhone(stage, residents, tills)
    const customers = residents.filter(() => stage.random() < 0.6)
    const visits = customers.map((resident) => ({ resident, chance: stage.random() }))
    await forEach(visits, { atOnce: 20 }, ({ resident, chance }, place) =>
      visit(stage, journal, { resident, chance, till: tillAt(tills, place) }),
    )
    stage.say(`2月${day}日: ${journal.accepted.size} 件の支払い / payments so far`)
  }
  return journal
}

const tillAt = (tills: readonly DemoTill[], place: number): DemoTill => {
  const till = tills[place % tills.length]
  if (till === undefined) throw new Error('the demo has tills')
  return till
}

type Visit = Readonly<{ resident: Resident; chance: number; till: DemoTill }>

/** One customer at one till. Sometimes the answer is lost on the way, or the amount was wrong. */
async function visit(stage: Stage, journal: Journal, { resident, chance, till }: Visit) {
  const yen = 100 + Math.floor(chance * 45) * 50
  const code = await resident.phone.code(stage.now())
  const answer = await till.pay(code, yen)
  const { redemptionId, code: problem } = answer.body as { redemptionId?: string; code?: string }
  if (answer.status !== 201 || redemptionId === undefined) {
    count(journal.refused, String(problem))
    return
  }
  journal.accepted.set(redemptionId, { yen, till, resident })
  if (chance < 0.1) await askAgain(stage, journal, { till, code, yen, redemptionId })
  if (chance > 0.93) await giveBack(journal, { till, redemptionId, yen, chance })
  if (chance > 0.4 && chance < 0.42) await misuse(stage, { till, code, yen })
}

/** The till did not hear the answer and asks again, by the same request. */
async function askAgain(
  stage: Stage,
  journal: Journal,
  asked: Readonly<{ till: DemoTill; code: string; yen: number; redemptionId: string }>,
) {
  const again = await asked.till.pay(asked.code, asked.yen)
  const { redemptionId, replayed } = again.body as { redemptionId?: string; replayed?: boolean }
  if (again.status === 201 && replayed === true && redemptionId === asked.redemptionId)
    journal.replayed.count += 1
  else stage.expect('もう一度聞くと同じ答え', false, JSON.stringify(again.body))
}

async function giveBack(
  journal: Journal,
  {
    till,
    redemptionId,
    yen,
    chance,
  }: Readonly<{
    till: DemoTill
    redemptionId: string
    yen: number
    chance: number
  }>,
) {
  const amountYen = chance > 0.97 ? yen : Math.ceil(yen / 3)
  const key = randomUUID()
  const body = { amountYen, reason: '打ち間違い' }
  const first = await till.voidPayment(redemptionId, body, key)
  await till.voidPayment(redemptionId, body, key)
  if (first.status !== 201) throw new Error(`void: ${JSON.stringify(first.body)}`)
  journal.voided.set(redemptionId, (journal.voided.get(redemptionId) ?? 0) + amountYen)
}

/** Somebody presents the same code for another amount. */
async function misuse(
  stage: Stage,
  { till, code, yen }: Readonly<{ till: DemoTill; code: string; yen: number }>,
) {
  const again = await till.pay(code, yen + 50)
  const { code: problem } = again.body as { code?: string }
  if (problem !== 'code_already_used')
    stage.expect('使ったコードは二度使えない', false, JSON.stringify(again.body))
}

/** A phone is stolen with a fresh code on its screen; its owner stops it before the thief pays. */
async function losePhone(
  stage: Stage,
  residents: readonly Resident[],
  tills: readonly DemoTill[],
): Promise<void> {
  const victim = residents[0]
  if (victim === undefined) return
  const code = await victim.phone.code(stage.now())
  await victim.person.get({
    method: 'DELETE',
    url: `${stage.urls.redemption}/v1/devices/${victim.phone.deviceId}`,
  })
  const thief = await tillAt(tills, 0).pay(code, 100)
  const { code: problem } = thief.body as { code?: string }
  stage.expect('止めたスマホのコードは使えない', problem === 'device_revoked', String(problem))
}

/** Codes that must not work: too old, of another company, forged, at a shop that takes another kind. */
export async function tryMisuse(
  stage: Stage,
  {
    residents,
    tills,
    journal,
  }: Readonly<{
    residents: readonly Resident[]
    tills: readonly DemoTill[]
    journal: Journal
  }>,
): Promise<void> {
  const payer = residents[1]
  const till = tillAt(tills, 1)
  if (payer === undefined) return
  const fresh = await payer.phone.code(stage.now())
  const cases: [string, string, number, string][] = [
    [
      '1分を過ぎたコードは使えない',
      await payer.phone.code(stage.now() - 66_000),
      100,
      'code_expired',
    ],
    ['他社のコードは使えない', '281006020000000000000000', 100, 'code_foreign'],
    [
      '作りものの署名は通らない',
      `${fresh.slice(0, -3)}${fresh.endsWith('000') ? '111' : '000'}`,
      100,
      'code_forged',
    ],
    ['残高を超えては使えない', await payer.phone.code(stage.now()), 49_999, 'balance_too_small'],
    [
      '上限を超えると確認がいる',
      await payer.phone.code(stage.now()),
      50_001,
      'confirmation_needed',
    ],
  ]
  for (const [name, code, yen, expected] of cases) {
    const { body } = await till.pay(code, yen)
    const { code: problem } = body as { code?: string }
    count(journal.refused, String(problem))
    stage.expect(name, problem === expected, String(problem))
  }
}

const count = (counts: Map<string, number>, name: string) =>
  counts.set(name, (counts.get(name) ?? 0) + 1)
