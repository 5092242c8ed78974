import { assert } from './assert.ts'

declare const yenBrand: unique symbol

/** Whole yen. Negative only where an amount is a difference (a carried balance, a claim taken back). */
export type Yen = number & { readonly [yenBrand]: true }

/** Makes yen of a number. Throws when it is not a whole number that JavaScript holds exactly. */
export function yen(value: number): Yen {
  assert(Number.isSafeInteger(value), `yen are whole numbers, not ${value}`)
  return (value === 0 ? 0 : value) as Yen
}

export const minYen = (a: Yen, b: Yen): Yen => (a < b ? a : b)

export const sumYen = (amounts: Iterable<Yen>): Yen => {
  let total = 0
  for (const amount of amounts) total += amount
  return yen(total)
}
