import { expect, test } from 'vitest'
import { type Line, orderLines, paymentLines } from './lines.ts'

const partsIn = (lines: readonly Line[]): number =>
  lines.reduce((sum, line) => (line.kind === 'part' ? sum + line.yen : sum), 0)

const payment = {
  yen: 800,
  parts: [
    { kind: 'LIMITED', yen: 600 },
    { kind: 'COMMON', yen: 200 },
  ],
}

test('the paper of a payment says what was paid by which kind, and the kinds add up', () => {
  const lines = paymentLines({ payment, voids: [], leftYen: 800 })
  expect(lines).toEqual([
    { kind: 'part', voucher: 'LIMITED', yen: 600 },
    { kind: 'part', voucher: 'COMMON', yen: 200 },
    { kind: 'total', yen: 800 },
  ])
  expect(partsIn(lines)).toBe(800)
})

test('what came back of a payment stands below it, each with its day, and then what is left', () => {
  const voids = [
    { yen: 300, at: '2027-02-14T03:00:00Z' },
    { yen: 100, at: '2027-02-14T04:00:00Z' },
  ]
  expect(paymentLines({ payment, voids, leftYen: 400 }).slice(3)).toEqual([
    { kind: 'back', yen: 300, at: '2027-02-14T03:00:00Z' },
    { kind: 'back', yen: 100, at: '2027-02-14T04:00:00Z' },
    { kind: 'left', yen: 400 },
  ])
})

test('the paper of a purchase says which vouchers it brought, and their worth adds up', () => {
  const campaign = {
    unit: { priceYen: 10_000, faceYen: 12_500 },
    kinds: [
      { code: 'COMMON', label: '共通券', priceYen: 4_800, faceYen: 6_000, acceptedBy: [] },
      { code: 'LIMITED', label: '限定券', priceYen: 5_200, faceYen: 6_500, acceptedBy: [] },
    ],
  }
  const lines = orderLines({ units: 3 }, campaign)
  expect(lines).toEqual([
    { kind: 'part', voucher: 'COMMON', label: '共通券', yen: 18_000 },
    { kind: 'part', voucher: 'LIMITED', label: '限定券', yen: 19_500 },
    { kind: 'total', yen: 37_500 },
  ])
  expect(partsIn(lines)).toBe(37_500)
})
