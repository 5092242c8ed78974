import { expect, test } from 'vitest'
import type { Campaign, DrawResult, Order, Receipt, Wallet } from '../answers.ts'
import { type Facts, nextSteps } from './next-step.ts'

const campaign: Campaign = {
  code: 'HARU',
  name: '春の商品券',
  issuer: 'みらい区',
  unit: { priceYen: 10_000, faceYen: 12_500 },
  kinds: [],
  stockUnits: 100,
  eligibility: { groups: ['RESIDENT'], minAge: 0 },
  caps: { perPersonUnits: 5, perHouseholdUnits: null, secondSalePerPerson: 2 },
  groups: 'together',
  windows: {
    apply: { from: '2026-12-01T10:00:00+09:00', until: '2026-12-18T00:00:00+09:00' },
    drawAt: '2027-01-12T10:00:00+09:00',
    resultsAt: '2027-01-20T10:00:00+09:00',
    pay: { from: '2027-02-01T10:00:00+09:00', until: '2027-02-15T00:00:00+09:00' },
    secondSale: { from: '2027-02-22T10:00:00+09:00', until: '2027-03-01T00:00:00+09:00' },
    use: { from: '2027-02-01T00:00:00+09:00', until: '2027-08-01T00:00:00+09:00' },
  },
  issueDate: '2027-02-01',
  expiresAt: '2027-08-01T00:00:00+09:00',
  spending: { minYen: 1, perCodeYenMax: 50_000 },
}

const application: Receipt = {
  campaign: 'HARU',
  applicationNo: 'A1',
  units: 4,
  group: 'RESIDENT',
  state: 'active',
  changeNo: 0,
  appliedAt: '2026-12-02T10:00:00+09:00',
  changedAt: '2026-12-02T10:00:00+09:00',
  digest: '',
}

const result = (units: Partial<DrawResult>): DrawResult => ({
  campaign: 'HARU',
  applicationNo: 'A1',
  unitsWanted: 4,
  unitsWon: 3,
  unitsReserved: 0,
  unitsPaid: 0,
  unitsReleased: 0,
  payFrom: campaign.windows.pay.from,
  payBy: campaign.windows.pay.until,
  words: { ja: '', en: '' },
  explanation: {
    id: 'A1',
    requested: 4,
    effective: 4,
    units: 3,
    group: null,
    household: null,
    round: 'r1',
    level: 2,
    base: 2,
    won: true,
    rank: 1,
    candidates: 9,
    remainder: 4,
    message: '',
    score: '',
  },
  ...units,
})

const wallet = (lots: readonly Readonly<{ lastDay: string; remainingYen: number }>[]): Wallet => ({
  walletId: '0-0',
  stoppedAt: null,
  balances: lots.map((lot) => ({
    campaign: 'HARU',
    campaignName: '',
    kind: 'COMMON',
    label: '共通券',
    acceptedBy: [],
    issuedYen: 6_000,
    issueDate: '2027-02-01',
    use: campaign.windows.use,
    isSpendable: true,
    ...lot,
  })),
  spendableYen: lots.reduce((sum, { remainingYen }) => sum + remainingYen, 0),
  serverTime: '',
})

const slip: Order = {
  orderId: 'o1',
  campaign: 'HARU',
  sale: 'win',
  seq: null,
  units: 2,
  priceYen: 20_000,
  method: 'slip',
  state: 'reserved',
  slipNo: '000000000000001',
  payBy: '2027-02-08T00:00:00+09:00',
  placedAt: '2027-02-03T00:00:00+09:00',
  paidAt: null,
}

const at = (text: string, facts: Partial<Facts> = {}): readonly string[] =>
  nextSteps({
    now: Date.parse(`${text}+09:00`),
    campaigns: [campaign],
    ownOf: () => ({ application, result: null }),
    orders: [],
    wallet: undefined,
    hasDevice: true,
    hasOpenPayment: false,
    ...facts,
  }).map(({ kind }) => kind)

test('whoever has not applied is told to, until the last moment', () => {
  const none = { ownOf: () => ({ application: null, result: null }) }
  expect(at('2026-12-01T09:59:59', none)).toEqual([])
  expect(at('2026-12-01T10:00:00', none)).toEqual(['apply'])
  expect(at('2026-12-17T23:59:59', none)).toEqual(['apply'])
  expect(at('2026-12-18T00:00:00', none)).toEqual([])
})

test('whoever withdrew may apply again', () => {
  const withdrawn = { ...application, state: 'withdrawn' } as const
  expect(
    at('2026-12-10T12:00:00', { ownOf: () => ({ application: withdrawn, result: null }) }),
  ).toEqual(['apply'])
})

test('nothing is asked of anybody before it is known what they have', () => {
  expect(at('2026-12-10T12:00:00', { ownOf: () => undefined })).toEqual([])
})

test('whoever applied waits for the result, then pays what is left of the win', () => {
  expect(at('2026-12-10T12:00:00')).toEqual(['wait_for_result'])
  expect(at('2027-01-19T12:00:00')).toEqual(['wait_for_result'])
  const won = { ownOf: () => ({ application, result: result({}) }) }
  expect(at('2027-01-25T12:00:00', won)).toEqual(['pay_later'])
  expect(at('2027-02-01T10:00:00', won)).toEqual(['pay_win'])
  expect(at('2027-02-15T00:00:00', won)).toEqual([])
})

test('a win that is paid, reserved or given back is not to be paid again', () => {
  for (const units of [{ unitsPaid: 3 }, { unitsReserved: 3 }, { unitsReleased: 3 }])
    expect(
      at('2027-02-05T12:00:00', { ownOf: () => ({ application, result: result(units) }) }),
    ).toEqual([])
})

test('the nearest last day comes first, and what is broken before all', () => {
  const facts = {
    ownOf: () => ({ application, result: result({ unitsReserved: 2 }) }),
    orders: [slip],
    wallet: wallet([{ lastDay: '2027-02-06', remainingYen: 500 }]),
    hasDevice: false,
    hasOpenPayment: true,
  }
  expect(at('2027-02-05T12:00:00', facts)).toEqual([
    'resolve_payment',
    'register_device',
    'expiring',
    'pay_slip',
    'pay_win',
  ])
})

test('vouchers are spoken of in their last thirty days, all of one day together', () => {
  const steps = (now: string) =>
    nextSteps({
      now: Date.parse(`${now}+09:00`),
      campaigns: [],
      ownOf: () => undefined,
      orders: [],
      wallet: wallet([
        { lastDay: '2027-07-31', remainingYen: 700 },
        { lastDay: '2027-07-31', remainingYen: 100 },
        { lastDay: '2027-07-30', remainingYen: 0 },
      ]),
      hasDevice: true,
      hasOpenPayment: false,
    })
  expect(steps('2027-06-30T12:00:00')).toEqual([])
  expect(steps('2027-07-19T12:00:00')).toMatchObject([{ kind: 'expiring', yen: 800, days: 12 }])
  expect(steps('2027-07-31T23:00:00')).toMatchObject([{ days: 0 }])
  expect(steps('2027-08-01T00:00:00')).toEqual([])
})

test('a stopped wallet is said first, and no phone is asked for it', () => {
  const stopped = {
    ...wallet([{ lastDay: '2028-01-01', remainingYen: 500 }]),
    stoppedAt: '2027-03-01T00:00:00Z',
  }
  expect(at('2027-03-05T12:00:00', { wallet: stopped, hasDevice: false })).toEqual([
    'wallet_stopped',
  ])
})
