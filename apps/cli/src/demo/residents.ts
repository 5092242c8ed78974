import type { Instant } from '@minnaken/domain'
import { type Person, type Phone, newPerson, registerPhone } from '../people/people.ts'
import type { Wish } from './campaign.ts'
import { type Stage, forEach } from './stage.ts'

export type Resident = Readonly<{ person: Person; phone: Phone; wish: Wish; place: number }>

/** So many residents sign up with a passkey and register their phone for payment codes. */
export const signUp = (stage: Stage, wishes: readonly Wish[]): Promise<Resident[]> =>
  forEach(
    wishes,
    { atOnce: 16, say: (done) => stage.say(`${done} 人が登録しました / residents signed up`) },
    async (wish, place) => {
      const person = await newPerson('resident', stage)
      const phone = await registerPhone(person, { urls: stage.urls, name: 'スマホ' })
      return { person, phone, wish, place }
    },
  )

const kana = ['ミライ タロウ', 'ミライ ハナコ', 'アオバ ジロウ', 'ナギサ ユキ', 'ハルカ ケン']

/** Everyone applies; some change their mind, and one who applies twice is told so. */
export async function applyAll(
  stage: Stage,
  { campaign, residents }: Readonly<{ campaign: string; residents: readonly Resident[] }>,
): Promise<void> {
  const url = `${stage.urls.purchase}/v1/campaigns/${campaign}/applications`
  await forEach(residents, { atOnce: 16 }, async ({ person, wish, place }) => {
    const body = {
      units: wish.units,
      group: wish.group,
      name: `未来 ${place + 1}`,
      nameKana: kana[place % kana.length],
      birthDate: `19${50 + (place % 50)}-0${(place % 9) + 1}-1${place % 10}`,
      address: `みらい区中央${(place % 9) + 1}-${place + 1}-1`,
    }
    if (place % 50 === 7) {
      await person.get({ method: 'POST', url, body: { ...body, units: 1 } })
      await person.get({ method: 'PUT', url: `${url}/mine`, body: { units: wish.units } })
      return
    }
    const receipt = await person.get({ method: 'POST', url, body })
    if (place === 0) {
      const twice = await person.ask({ method: 'POST', url, body })
      stage.expect('二度目の申込みは断られる', twice.status === 409 && 'digest' in receipt)
    }
    if (place % 50 === 11) {
      await person.get({ method: 'DELETE', url: `${url}/mine` })
      await person.get({ method: 'POST', url, body })
    }
  })
}

/** How a resident pays a win: most by card, some by slip, a few are declined first, some never pay. */
const methodOf = (place: number): 'card' | 'slip' | 'declined' | 'two_orders' | 'unpaid' =>
  place % 20 === 3
    ? 'unpaid'
    : place % 20 === 5
      ? 'declined'
      : place % 20 === 9
        ? 'two_orders'
        : place % 5 === 1
          ? 'slip'
          : 'card'

type Sale = Readonly<{
  /** What each has paid for, by place; who won nothing or never pays is not in it. */
  paidUnits: Map<number, number>
  slips: string[]
  declined: { cards: number; refused: number }
}>

/** Winners pay; slips are paid at the store's register two days later. Answers the units of each. */
export async function payAll(
  stage: Stage,
  {
    campaign,
    residents,
    slipsPaidAt,
  }: Readonly<{ campaign: string; residents: readonly Resident[]; slipsPaidAt: Instant }>,
): Promise<ReadonlyMap<number, number>> {
  const sale: Sale = { paidUnits: new Map(), slips: [], declined: { cards: 0, refused: 0 } }
  const url = `${stage.urls.purchase}/v1/campaigns/${campaign}`
  await forEach(residents, { atOnce: 16 }, async (resident) => {
    const result = await resident.person.get({ method: 'GET', url: `${url}/result/mine` })
    const won = Number(result['unitsWon'])
    if (won > 0) await payWin(sale, resident, { url: `${url}/orders`, won })
  })
  const { cards, refused } = sale.declined
  if (cards > 0) stage.expect('断られたカードでは買えない', refused === cards, `${refused} 件`)
  await stage.travelTo(slipsPaidAt)
  await forEach(sale.slips, { atOnce: 8 }, (slipNo, place) =>
    paySlip(stage, slipNo, place % 10 === 0 ? 3 : 1),
  )
  return sale.paidUnits
}

async function payWin(
  sale: Sale,
  { person, place }: Resident,
  { url, won }: Readonly<{ url: string; won: number }>,
): Promise<void> {
  const method = methodOf(place)
  if (method === 'unpaid') return
  sale.paidUnits.set(place, won)
  if (method === 'slip') {
    const order = await person.get({ method: 'POST', url, body: { method: 'slip', units: won } })
    sale.slips.push(String(order['slipNo']))
    return
  }
  if (method === 'declined') {
    const body = { method: 'card', units: won, card: 'tok_declined' }
    const { body: no } = await person.ask({ method: 'POST', url, body })
    sale.declined.cards += 1
    if ((no as { code?: string }).code === 'card_declined') sale.declined.refused += 1
  }
  const first = method === 'two_orders' && won > 1 ? 1 : won
  for (const units of [first, won - first]) {
    if (units === 0) continue
    const paid = await person.get({
      method: 'POST',
      url,
      body: { method: 'card', units, card: 'tok_ok' },
    })
    if (paid['state'] !== 'paid') throw new Error(`a card that works: ${JSON.stringify(paid)}`)
  }
}

/** The store's register takes the money; now and then its notice is delivered three times. */
async function paySlip(stage: Stage, slipNo: string, deliveries: number): Promise<void> {
  const response = await fetch(`${stage.urls.purchase}/v1/sandbox/slips/${slipNo}/payments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ deliveries }),
  })
  if (!response.ok) throw new Error(`slip ${slipNo}: ${await response.text()}`)
}
