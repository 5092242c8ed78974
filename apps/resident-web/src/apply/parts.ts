import type { Campaign, DrawResult, Receipt } from '../answers.ts'
import { isIn } from '../days.ts'

/** What a campaign's page consists of for one person, from top to bottom. */
export type Part =
  | 'opens_later'
  | 'form'
  | 'receipt'
  | 'change'
  | 'wait'
  | 'result'
  | 'buy_win'
  | 'win_opens_later'
  | 'second_sale'
  | 'second_sale_later'
  | 'not_applied'
  | 'use'
  | 'over'

/** Decides what a person sees of a campaign at a moment. */
export function partsOf({
  campaign: { windows },
  application,
  result,
  now,
}: Readonly<{
  campaign: Pick<Campaign, 'windows'>
  application: Receipt | null
  result: DrawResult | null
  now: number
}>): readonly Part[] {
  const { apply, pay, secondSale, use } = windows
  const isActive = application?.state === 'active'
  if (now < Date.parse(apply.from)) return ['opens_later']
  if (isIn(apply, now)) return isActive ? ['receipt', 'change'] : ['form']
  const parts: Part[] = []
  if (result !== null) {
    parts.push('result')
    if (result.unitsWon > 0 && isIn(pay, now)) parts.push('buy_win')
    if (result.unitsWon > 0 && now < Date.parse(pay.from)) parts.push('win_opens_later')
  } else if (now < Date.parse(pay.from)) parts.push(isActive ? 'wait' : 'not_applied')
  if (application !== null) parts.push('receipt')
  if (secondSale !== null && isIn(secondSale, now)) parts.push('second_sale')
  if (secondSale !== null && now < Date.parse(secondSale.from)) parts.push('second_sale_later')
  if (isIn(use, now)) parts.push('use')
  if (now >= Date.parse(use.until)) parts.push('over')
  return parts
}

/** How far somebody is with a campaign, in a word for the list. */
export type Standing = 'later' | 'open' | 'applied' | 'waiting' | 'won' | 'second_sale' | 'closed'

export function standingOf(facts: Parameters<typeof partsOf>[0]): Standing {
  const parts = partsOf(facts)
  const { application, result } = facts
  if (parts.includes('opens_later')) return 'later'
  if (parts.includes('form')) return 'open'
  if (parts.includes('change')) return 'applied'
  if (parts.includes('buy_win') || parts.includes('win_opens_later')) return 'won'
  if (parts.includes('second_sale')) return 'second_sale'
  return result === null && application?.state === 'active' && parts.includes('wait')
    ? 'waiting'
    : 'closed'
}
