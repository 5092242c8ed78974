import { newWishId, readStored, store } from '@minnaken/ui'

/** What somebody wishes to buy. */
export type Wish = Readonly<{
  campaign: string
  sale: 'win' | 'second_sale'
  units: number
  method: 'card' | 'slip'
  card: string | null
}>

/** A wish that was sent, under its name; nobody knows yet what came of it. */
export type SentWish = Wish & Readonly<{ id: string; sentAt: number }>

/**
 * So long the wish of an earlier visit is still a person's wish. What came of an older one their
 * orders tell, and it is never sent again: neither by itself nor in place of a new one.
 */
const RESUMED_MS = 15 * 60_000

type Of = Pick<Wish, 'campaign' | 'sale'>

const keyOf = ({ campaign, sale }: Of): string => `wish.${campaign}.${sale}`

/**
 * Names a wish. It is kept over lost connections and reloads until it was answered, so that asking
 * again buys once. There is one for each sale: the next is sent when this one was answered.
 */
export function keepWish(wish: Wish, now: number): SentWish {
  const sent = { ...wish, id: newWishId(), sentAt: now }
  store(keyOf(wish), JSON.stringify(sent))
  return sent
}

/** What an earlier visit wished for in this sale, and never heard about. */
export function openWish(of: Of, now: number): SentWish | null {
  const text = readStored(keyOf(of))
  if (text === null) return null
  try {
    const sent = JSON.parse(text) as SentWish
    if (now - sent.sentAt < RESUMED_MS) return sent
  } catch {
    // Of another version of this app.
  }
  forgetWish(of)
  return null
}

export const forgetWish = (of: Of): void => store(keyOf(of), null)
