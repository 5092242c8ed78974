import { readStored, store } from '@minnaken/ui'

const NAME = 'recent-amounts'
const KEPT_MAX = 6

/** The amounts of this till's last payments, the newest first, each once. */
export const recentAmounts = (): readonly number[] =>
  (readStored(NAME) ?? '').split(',').map(Number).filter(isAmount)

/** The newest first; an amount that comes again moves to the front. */
export const withAmount = (before: readonly number[], yen: number): readonly number[] =>
  [yen, ...before.filter((it) => it !== yen)].slice(0, KEPT_MAX)

export const rememberAmount = (yen: number): void =>
  store(NAME, withAmount(recentAmounts(), yen).join(','))

const isAmount = (yen: number): boolean => Number.isSafeInteger(yen) && yen > 0
