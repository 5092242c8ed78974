import {
  type FileFault,
  integer,
  integersByName,
  list,
  needed,
  optional,
  record,
} from './campaign-reader.ts'
import { faultList, line, unitsFrom, unitsMax } from './draw-reader.ts'

/** One wish in the second sale, with the number that the server gave it. */
export type SecondSaleRequest = Readonly<{ seq: number; id: string; want: number }>

export type SecondSale = Readonly<{
  stock: number
  capPerPerson: number
  requests: readonly SecondSaleRequest[]
  /** Replaces `capPerPerson` for these ids: what each may still buy. 0 for who may buy nothing. */
  caps?: ReadonlyMap<string, number>
}>

export type SecondSaleResult = Readonly<{
  /** Units per id, in the order of first success; who got nothing is not in it. */
  granted: ReadonlyMap<string, number>
  partial: readonly Readonly<{ seq: number; granted: number; want: number }>[]
  refused: readonly Readonly<{ seq: number; why: 'person_cap' | 'sold_out' }>[]
  left: number
}>

/**
 * Sells what the draw left over: first come, first served by the server's sequence number.
 *
 * Each is given what is wanted, at most what the person's cap and the stock still allow; less than
 * wanted is a partial grant. Nothing at all is refused: `person_cap` when the person has had
 * everything, also when the stock is gone; else `sold_out`. A person may come several times.
 *
 * The order of `requests` does not matter, only their numbers. O(n log n).
 */
export function sellLeftovers(sale: SecondSale): SecondSaleResult {
  const granted = new Map<string, number>()
  const partial: { seq: number; granted: number; want: number }[] = []
  const refused: { seq: number; why: 'person_cap' | 'sold_out' }[] = []
  let left = sale.stock
  for (const { seq, id, want } of sale.requests.toSorted((a, b) => a.seq - b.seq)) {
    const capLeft = capOf(sale, id) - (granted.get(id) ?? 0)
    const given = Math.min(want, capLeft, left)
    if (given <= 0) {
      refused.push({ seq, why: capLeft <= 0 ? 'person_cap' : 'sold_out' })
      continue
    }
    left -= given
    granted.set(id, (granted.get(id) ?? 0) + given)
    if (given < want) partial.push({ seq, granted: given, want })
  }
  return { granted, partial, refused, left }
}

const capOf = ({ caps, capPerPerson }: SecondSale, id: string): number =>
  caps?.get(id) ?? capPerPerson

const readSale = record({
  stock: needed(unitsFrom(0)),
  capPerPerson: needed(unitsFrom(0)),
  requests: needed(
    list(
      record({
        seq: needed(integer({ min: 0, max: Number.MAX_SAFE_INTEGER })),
        id: needed(line),
        want: needed(unitsFrom(1)),
      }),
      { min: 0, key: ({ seq }) => String(seq), keyField: 'seq' },
    ),
  ),
  caps: optional(integersByName({ min: 0, max: unitsMax }), null),
})

/**
 * Reads a second sale: `{stock, capPerPerson, requests: [{seq, id, want}], caps?}`.
 *
 * Refused with its path: a field that is missing, unknown or of another type; a stock, cap or
 * sequence number below 0; a want below 1; a sequence number twice. An id may come several times.
 */
export function parseSecondSale(
  value: unknown,
): Readonly<{ sale: SecondSale } | { faults: readonly FileFault[] }> {
  const { faults, note } = faultList()
  const read = readSale(value, '', note)
  if (read === undefined || faults.length > 0) return { faults }
  const { stock, capPerPerson, requests, caps } = read
  return { sale: { stock, capPerPerson, requests, ...(caps === null ? {} : { caps }) } }
}
