import { newWishId, readStored, store } from '@minnaken/ui'

/** What somebody wishes to buy. The same wish keeps its name until it is answered. */
export type Wish = Readonly<{
  campaign: string
  sale: 'win' | 'second_sale'
  units: number
  method: 'card' | 'slip'
  card: string | null
}>

const keyOf = ({ campaign, sale, units, method, card }: Wish): string =>
  `wish.${[campaign, sale, units, method, card ?? ''].join('.')}`

/**
 * The name of a wish: made once, and kept over lost connections and reloads until it was answered,
 * so that asking again buys once.
 */
export function wishIdOf(wish: Wish): string {
  const key = keyOf(wish)
  const kept = readStored(key)
  if (kept !== null) return kept
  const made = newWishId()
  store(key, made)
  return made
}

export const forgetWish = (wish: Wish): void => store(keyOf(wish), null)
