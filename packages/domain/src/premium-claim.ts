import {
  type FileFault,
  instant,
  integer,
  list,
  needed,
  type Note,
  type Read,
  record,
  text,
  yenFrom,
} from './campaign-reader.ts'
import { type KindPremium, premiumOf } from './premium.ts'
import type { Instant } from './time.ts'
import { type Yen, yen } from './yen.ts'

/** Vouchers used (or, below zero, given back by a void) at one moment. */
export type UsedYen = Readonly<{ at: Instant; code: string; yen: Yen }>

/** A moment up to which the premium is claimed, and the same moment as its writer wrote it. */
export type ClaimMoment = Readonly<{ at: Instant; text: string }>

export type ClaimInput = Readonly<{
  kinds: readonly KindPremium[]
  used: readonly UsedYen[]
  /** In order of time. */
  claims: readonly ClaimMoment[]
}>

export type KindClaim = Readonly<{ usedYen: Yen; premiumYen: Yen; claimYen: Yen }>

/** One claim to the ward: by kind the totals since the beginning, and what is claimed now. */
export type PremiumClaim = Readonly<{
  at: string
  kinds: Readonly<Record<string, KindClaim>>
  claimYen: Yen
}>

/**
 * Makes the claims of a campaign's premium to the ward.
 *
 * Up to each moment, that moment not included, the premium of all that was used is computed on
 * the total of each kind; the claim is what it grew by since the claim before. So claims always
 * add up to the premium of the total. Where voids outweigh what was used, a claim is negative:
 * the federation gives back.
 */
export function premiumClaims({ kinds, used, claims }: ClaimInput): readonly PremiumClaim[] {
  const inOrder = used.toSorted((a, b) => a.at - b.at)
  const totals = new Map(kinds.map((kind) => [kind.code, 0n]))
  const claimed = new Map(kinds.map((kind) => [kind.code, 0n]))
  let next = 0
  return claims.map(({ at, text: written }) => {
    for (let entry = inOrder[next]; entry !== undefined && entry.at < at; entry = inOrder[next]) {
      totals.set(entry.code, (totals.get(entry.code) ?? 0n) + BigInt(entry.yen))
      next += 1
    }
    const byKind = kinds.map((kind): [string, KindClaim] => {
      const total = totals.get(kind.code) ?? 0n
      const premium = premiumOf(kind, total)
      const claim = premium - (claimed.get(kind.code) ?? 0n)
      claimed.set(kind.code, premium)
      return [
        kind.code,
        {
          usedYen: yen(Number(total)),
          premiumYen: yen(Number(premium)),
          claimYen: yen(Number(claim)),
        },
      ]
    })
    const claimYen = byKind.reduce((sum, [, claim]) => sum + BigInt(claim.claimYen), 0n)
    return { at: written, kinds: Object.fromEntries(byKind), claimYen: yen(Number(claimYen)) }
  })
}

const moment: Read<ClaimMoment> = (value, path, note) => {
  const at = instant(value, path, note)
  return at === undefined ? undefined : { at, text: String(value) }
}

const signedYen: Read<Yen> = (value, path, note) => {
  const amount = integer({ min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER })
  const read = amount(value, path, note)
  return read === undefined ? undefined : yen(read)
}

const claimFile = record({
  kinds: needed(
    list(
      record({
        code: needed(text(100)),
        premiumYen: needed(yenFrom(0)),
        faceYen: needed(yenFrom(1)),
      }),
      { min: 1, key: (kind) => kind.code, keyField: 'code' },
    ),
  ),
  used: needed(
    list(record({ at: needed(moment), code: needed(text(100)), yen: needed(signedYen) }), {
      min: 0,
    }),
  ),
  claims: needed(list(moment, { min: 0 })),
})

/**
 * Reads the input of `premiumClaims` from the value of a JSON file, and tells every fault with
 * its path: a kind that is not listed, claims out of order, totals too large to be written down.
 */
export function parseClaims(
  value: unknown,
): Readonly<{ input: ClaimInput } | { faults: readonly FileFault[] }> {
  const faults: FileFault[] = []
  const note = (fault: FileFault): void => void faults.push(fault)
  const read = claimFile(value, '', note)
  if (read === undefined) return { faults }
  const used = read.used.map(({ at, code, yen: amount }) => ({ at: at.at, code, yen: amount }))
  const input = { kinds: read.kinds, used, claims: read.claims }
  noteClaimFaults(input, note)
  return faults.length > 0 ? { faults } : { input }
}

function noteClaimFaults({ kinds, used, claims }: ClaimInput, note: Note): void {
  for (const [index, kind] of kinds.entries()) {
    if (kind.premiumYen <= kind.faceYen) continue
    const ja = 'プレミアムが額面を超えています'
    const path = `kinds[${index}].premiumYen`
    note({ path, rule: 'premium_over_face', ja, en: 'the premium is over the face' })
  }
  const codes = new Set(kinds.map((kind) => kind.code))
  let size = 0n
  for (const [index, { code, yen: amount }] of used.entries()) {
    size += BigInt(Math.abs(amount))
    if (codes.has(code)) continue
    const words = { ja: `券種 ${code} がありません`, en: `there is no kind ${code}` }
    note({ path: `used[${index}].code`, rule: 'unknown_kind', ...words })
  }
  if (size > BigInt(Number.MAX_SAFE_INTEGER)) {
    const ja = '合計が大きすぎて正確に書けません'
    note({ path: 'used', rule: 'total_too_large', ja, en: 'the total is too large to be exact' })
  }
  for (const [index, claim] of claims.entries()) {
    const before = claims[index - 1]
    if (before === undefined || before.at < claim.at) continue
    const ja = `前の請求 ${before.text} より後ではありません`
    const en = `is not after the claim before, ${before.text}`
    note({ path: `claims[${index}]`, rule: 'claims_order', ja, en })
  }
}
