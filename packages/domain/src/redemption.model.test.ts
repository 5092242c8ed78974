import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Lot } from './lot.ts'
import { decideRedemption } from './redemption.ts'
import type { TakeToVoid } from './void.ts'
import { decideVoid } from './void.ts'
import { yen } from './yen.ts'

const DAY = 86_400_000
const kinds = {
  COMMON: ['SMALL', 'LARGE', 'TAXI'],
  LIMITED: ['SMALL'],
  TAXI: ['TAXI'],
} as const

/** A wallet that only does what the rules decide: the code under test. */
type Wallet = {
  now: number
  lots: Lot[]
  redemptions: { amount: number; decidedAt: number; takes: TakeToVoid[] }[]
}
/** What must come out: plain sums, kept beside it without any rule. */
type Sums = { issued: Map<string, number>; net: Map<string, number>; accepted: number }

type Step = fc.Command<Sums, Wallet>

const issue = (kind: keyof typeof kinds, face: number, days: number): Step => ({
  toString: () => `issue(${kind}, ${face}, ${days} days)`,
  check: () => true,
  run(sums, wallet) {
    const lotId = `lot-${wallet.lots.length}`
    wallet.lots.push({
      lotId,
      campaignId: 'MIRAI2026',
      kind,
      remaining: yen(face),
      expiresAt: wallet.now + days * DAY,
      use: { from: 0, until: 90 * DAY },
      acceptedBy: kinds[kind],
      perCodeYenMax: yen(50_000),
      minYen: yen(1),
    })
    sums.issued.set(lotId, face)
    checkAll(sums, wallet)
  },
})

const redeem = (shopClass: string, amount: number): Step => ({
  toString: () => `redeem(${shopClass}, ${amount})`,
  check: () => true,
  run(sums, wallet) {
    const decision = decideRedemption({
      amount: yen(amount),
      lots: wallet.lots,
      shop: { kind: 'active', shopClass },
      till: { revokedAt: null, expiresAt: null },
      device: { revokedAt: null },
      wallet: { stoppedAt: null },
      codeIssuedAt: wallet.now,
      confirmed: false,
      decidedAt: wallet.now,
    })
    if (decision.kind === 'accepted') {
      const expiryOf = (lotId: string) => wallet.lots.find((l) => l.lotId === lotId)?.expiresAt ?? 0
      wallet.lots = wallet.lots.map((lot) => {
        const take = decision.takes.find(({ lotId }) => lotId === lot.lotId)
        return take ? { ...lot, remaining: take.remaining } : lot
      })
      wallet.redemptions.push({
        amount,
        decidedAt: wallet.now,
        takes: decision.takes.map((take) => ({
          ...take,
          returned: yen(0),
          expiresAt: expiryOf(take.lotId),
        })),
      })
      for (const take of decision.takes)
        sums.net.set(take.lotId, (sums.net.get(take.lotId) ?? 0) + take.yen)
      sums.accepted += amount
      moved.redeemed += 1
    }
    checkAll(sums, wallet)
  },
})

const undo = (which: number, amount: number | 'whole', by: 'staff' | 'owner'): Step => ({
  toString: () => `void(${which}, ${amount}, ${by})`,
  check: () => true,
  run(sums, wallet) {
    const redemption = wallet.redemptions[which % Math.max(1, wallet.redemptions.length)]
    if (!redemption) return
    const decision = decideVoid({
      redemption: { ...redemption, amount: yen(redemption.amount) },
      amount: amount === 'whole' ? amount : yen(amount),
      by,
      periodClosed: false,
      now: wallet.now,
    })
    if (decision.kind === 'accepted') {
      const back = new Map(decision.returns.map((each) => [each.lotId, each.yen]))
      wallet.lots = wallet.lots.map((lot) => ({
        ...lot,
        remaining: yen(lot.remaining + (back.get(lot.lotId) ?? 0)),
      }))
      redemption.takes = redemption.takes.map((take) => ({
        ...take,
        returned: yen(take.returned + (back.get(take.lotId) ?? 0)),
      }))
      for (const each of decision.returns)
        sums.net.set(each.lotId, (sums.net.get(each.lotId) ?? 0) - each.yen)
      sums.accepted -= decision.yen
      moved.voided += 1
    }
    checkAll(sums, wallet)
  },
})

const wait = (ms: number): Step => ({
  toString: () => `wait(${ms})`,
  check: () => true,
  run(_, wallet) {
    wallet.now += ms
  },
})

/** For each lot and for all: what is left + what was taken − what went back = what was issued. */
function checkAll(sums: Sums, wallet: Wallet): void {
  let left = 0
  let issued = 0
  for (const lot of wallet.lots) {
    const face = sums.issued.get(lot.lotId) ?? 0
    const net = sums.net.get(lot.lotId) ?? 0
    expect(lot.remaining).toBeGreaterThanOrEqual(0)
    expect(net).toBeGreaterThanOrEqual(0)
    expect(lot.remaining + net).toBe(face)
    left += lot.remaining
    issued += face
  }
  expect(left + sums.accepted).toBe(issued)
}

const yenUpTo = (max: number) => fc.integer({ min: 1, max })

const fromNothing = () => ({
  model: { issued: new Map(), net: new Map(), accepted: 0 },
  real: { now: DAY, lots: [], redemptions: [] },
})

/** How often value moved: a run in which everything is refused proves nothing. */
const moved = { redeemed: 0, voided: 0 }

test('whatever is issued, spent and voided: left + taken − returned = issued, and nothing below ¥0', () => {
  const steps = [
    fc
      .tuple(fc.constantFrom('COMMON', 'LIMITED', 'TAXI'), yenUpTo(500), yenUpTo(30))
      .map(([kind, face, days]) => issue(kind, face, days)),
    fc
      .tuple(fc.constantFrom('SMALL', 'LARGE', 'TAXI', 'MEDICAL'), yenUpTo(700))
      .map(([shopClass, amount]) => redeem(shopClass, amount)),
    fc
      .tuple(
        fc.nat(9),
        fc.oneof(yenUpTo(400), fc.constant('whole' as const)),
        fc.constantFrom('staff', 'owner'),
      )
      .map(([which, amount, by]) => undo(which, amount, by)),
    fc.constantFrom(60_000, 20 * 60_000, DAY, 5 * DAY).map(wait),
  ]
  fc.assert(
    fc.property(fc.commands(steps, { maxCommands: 60, size: 'max' }), (commands) => {
      fc.modelRun(fromNothing, commands)
    }),
    { numRuns: 300 },
  )
  expect(moved.redeemed).toBeGreaterThan(300)
  expect(moved.voided).toBeGreaterThan(300)
})
