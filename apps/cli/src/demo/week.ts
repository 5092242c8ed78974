import { registerPhone } from '../people/people.ts'
import { at } from './campaign.ts'
import { type DemoTill, type Journal, giveBack, openJournal, pay } from './journal.ts'
import type { Resident } from './residents.ts'
import { type Stage, forEach } from './stage.ts'

const days = ['12', '13', '14', '15', '16', '17', '18']

type Shopping = Readonly<{ buyers: readonly Resident[]; tills: readonly DemoTill[] }>

/**
 * A week in February: every day customers pay at twenty tills; on the fourth a phone is stolen.
 * Answers the customers too, one of whom has a new phone then.
 */
export async function spendAWeek(
  stage: Stage,
  { buyers, tills }: Shopping,
): Promise<Readonly<{ journal: Journal; customers: readonly Resident[] }>> {
  const journal = openJournal()
  let customers = buyers
  for (const day of days) {
    await stage.travelTo(at(`2027-02-${day}T11:30:00`))
    if (day === '15') customers = await losePhone(stage, journal, { buyers, tills })
    const today = customers.filter(() => stage.random() < 0.6)
    const visits = today.map((resident) => ({ resident, chance: stage.random() }))
    await forEach(visits, { atOnce: 20 }, ({ resident, chance }, place) =>
      visit(stage, journal, { resident, chance, till: tillAt(tills, place) }),
    )
    stage.say(`2月${day}日: ${journal.accepted.size} 件の支払い / payments so far`)
  }
  const { asked, same } = journal.replays
  stage.expect('再送はすべて最初の答え', asked === same, `${same} / ${asked} 件`)
  return { journal, customers }
}

export const tillAt = (tills: readonly DemoTill[], place: number): DemoTill => {
  const till = tills[place % tills.length]
  if (till === undefined) throw new Error('the demo has tills')
  return till
}

type Visit = Readonly<{ resident: Resident; chance: number; till: DemoTill }>

/** One customer at one till. Sometimes the answer is lost on the way, or the amount was wrong. */
async function visit(stage: Stage, journal: Journal, { resident, chance, till }: Visit) {
  const yen = 100 + Math.floor(chance * 45) * 50
  const code = await resident.phone.code(stage.now())
  const asked = { till, code, yen, now: stage.now() }
  const paid = await pay(journal, asked)
  if (paid.kind === 'refused') return
  const { redemptionId } = paid
  if (chance < 0.1) {
    const again = await pay(journal, asked)
    journal.replays.asked += 1
    if (again.kind === 'paid' && again.isReplay && again.redemptionId === redemptionId)
      journal.replays.same += 1
  }
  if (chance > 0.93)
    await giveBack(journal, {
      till,
      redemptionId,
      amountYen: chance > 0.97 ? yen : Math.ceil(yen / 3),
    })
  if (chance > 0.4 && chance < 0.42) {
    const other = await pay(journal, { ...asked, yen: yen + 50 })
    if (other.kind === 'paid' || other.problem !== 'code_already_used')
      stage.expect('使ったコードは二度使えない', false, JSON.stringify(other))
  }
}

/**
 * A phone is stolen with a fresh code on its screen; its owner stops it before the thief pays, and
 * takes a new one.
 */
async function losePhone(
  stage: Stage,
  journal: Journal,
  { buyers, tills }: Shopping,
): Promise<readonly Resident[]> {
  const [victim, ...others] = buyers
  if (victim === undefined) return buyers
  const { urls } = stage
  const code = await victim.phone.code(stage.now())
  await victim.person.get({
    method: 'DELETE',
    url: `${urls.redemption}/v1/devices/${victim.phone.deviceId}`,
  })
  const thief = await pay(journal, { till: tillAt(tills, 0), code, yen: 100, now: stage.now() })
  const problem = thief.kind === 'refused' ? thief.problem : thief.kind
  stage.expect('止めたスマホのコードは使えない', problem === 'device_revoked', problem)
  const phone = await registerPhone(victim.person, { urls, name: '新しいスマホ' })
  return [{ ...victim, phone }, ...others]
}
