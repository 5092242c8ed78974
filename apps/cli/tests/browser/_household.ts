import { randomInt } from 'node:crypto'
import type { Phone } from './_phone.ts'
import { askAs } from './_people.ts'
import { stage } from './_stage.ts'

/** What a resident has of everything that a screen can show. */
export type Household = Readonly<{
  /** Their second sale is open, and units of it were bought. */
  sale: string
  /** Was applied for and won. */
  won: string
  /** Was applied for; the draw is to come. */
  applied: string
  /** Takes applications, and has none of theirs. */
  open: string
  paidOrder: string
  slipOrder: string
}>

async function send(phone: Phone, path: string, body: unknown): Promise<unknown> {
  const answer = await askAs(phone, { method: 'POST', path, body })
  if (answer.status >= 300) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

const person = {
  units: 2,
  group: 'RESIDENT',
  name: '未来 花子',
  nameKana: 'みらい はなこ',
  birthDate: '1951-04-01',
  address: 'みらい区中央1-2-3',
} as const

/** Lets somebody apply, win, and buy what is in both sales. Three days pass. */
export async function furnish(phone: Phone): Promise<Household> {
  const run = randomInt(1e6)
  const { campaign: sale } = await stage('look')
  const won = await stage('openCampaign', { id: `WON${run}` })
  await send(phone, `/v1/campaigns/${won.code}/applications`, person)
  await stage('draw', won)
  await phone.daysPass(3)
  const applied = await stage('openCampaign', { id: `APPLIED${run}` })
  await send(phone, `/v1/campaigns/${applied.code}/applications`, person)
  const open = await stage('openCampaign', { id: `OPEN${run}` })
  const buy = (how: object) =>
    send(phone, `/v1/campaigns/${sale}/orders`, { sale: 'second_sale', units: 1, ...how })
  const paid = (await buy({ method: 'card', card: 'tok_ok' })) as { orderId: string }
  const slip = (await buy({ method: 'slip' })) as { orderId: string }
  return {
    sale,
    won: won.code,
    applied: applied.code,
    open: open.code,
    paidOrder: paid.orderId,
    slipOrder: slip.orderId,
  }
}
