import { type Caps, at } from './campaign.ts'
import { type DemoTill, type Journal, pay } from './journal.ts'
import type { Resident } from './residents.ts'
import type { Stage } from './stage.ts'
import { tillAt } from './week.ts'

const BUYERS_MAX = 5

/**
 * What nobody paid is sold once more: a few buy as much as they still may and spend some of it,
 * and one who has everything already is told so. Answers how many units were sold.
 */
export async function sellRest(
  stage: Stage,
  {
    campaign,
    residents,
    paidUnits,
    unitsFree,
    caps,
    tills,
    journal,
  }: Readonly<{
    campaign: string
    residents: readonly Resident[]
    paidUnits: ReadonlyMap<number, number>
    unitsFree: number
    caps: Caps
    tills: readonly DemoTill[]
    journal: Journal
  }>,
): Promise<number> {
  await stage.travelTo(at('2027-02-24T12:00:00'))
  const url = `${stage.urls.purchase}/v1/campaigns/${campaign}/orders`
  const units = caps.secondSalePerPerson
  const body = { method: 'card', sale: 'second_sale', card: 'tok_ok', units }
  const roomOf = ({ place }: Resident) =>
    Math.min(units, caps.perPersonUnits - (paidUnits.get(place) ?? 0))
  const full = residents.find((resident) => roomOf(resident) === 0)
  if (full !== undefined) {
    const { body: answer } = await full.person.ask({ method: 'POST', url, body })
    const { code } = answer as { code?: string }
    stage.expect('上限まで買った人は二次販売で買えない', code === 'person_cap', String(code))
  }
  let left = unitsFree
  for (const resident of residents.filter((it) => roomOf(it) > 0).slice(0, BUYERS_MAX)) {
    const expected = Math.min(roomOf(resident), left)
    if (expected === 0) break
    const order = await resident.person.get({ method: 'POST', url, body })
    const isRight = order['state'] === 'paid' && order['units'] === expected
    stage.expect('二次販売は残りと上限まで', isRight, `${String(order['units'])} / ${expected} 口`)
    left -= expected
    const now = stage.now()
    const code = await resident.phone.code(now)
    const spent = await pay(journal, { till: tillAt(tills, resident.place), code, yen: 500, now })
    stage.expect('二次販売の券もすぐ使える', spent.kind === 'paid', JSON.stringify(spent))
  }
  return unitsFree - left
}
