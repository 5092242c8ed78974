/** The invented ward's campaign, as its file says it. */
export const campaignFile = (changes: Readonly<Record<string, unknown>> = {}) => ({
  id: 'MIRAI2027',
  name: 'みらい区内共通商品券',
  issuer: 'みらい区商店街連合会',
  currency: 'JPY',
  kinds: [
    {
      code: 'COMMON',
      label: '共通券',
      priceYen: 5000,
      faceYen: 6000,
      acceptedBy: ['SMALL', 'LARGE', 'MEDICAL', 'TAXI'],
    },
    { code: 'LIMITED', label: '限定券', priceYen: 5000, faceYen: 6500, acceptedBy: ['SMALL'] },
  ],
  unit: { priceYen: 10000, faceYen: 12500, parts: ['COMMON', 'LIMITED'] },
  stock: { units: 10 },
  eligibility: { groups: ['RESIDENT', 'WORKER'], minAge: 18 },
  allocation: { algorithm: 'maxmin-v1', groups: 'together' },
  caps: { perPersonUnits: 5, secondSalePerPerson: 2 },
  windows: {
    apply: ['2026-12-01T10:00:00+09:00', '2026-12-18T00:00:00+09:00'],
    draw: '2027-01-12T10:00:00+09:00',
    results: '2027-01-20T10:00:00+09:00',
    pay: ['2027-02-01T10:00:00+09:00', '2027-02-15T00:00:00+09:00'],
    secondSale: ['2027-02-22T10:00:00+09:00', '2027-03-01T00:00:00+09:00'],
    use: ['2027-02-01T00:00:00+09:00', '2027-08-01T00:00:00+09:00'],
  },
  issueDate: '2027-02-01',
  expiresExclusive: '2027-08-01T00:00:00+09:00',
  spending: { minYen: 1, perCodeYenMax: 50000, change: false, partial: true },
  settlement: {
    rule: 'A',
    roll: 'previous',
    closings: ['15', 'EOM'],
    minimumYen: 0,
    transferFee: 'FEDERATION',
    shopFeeBps: 0,
  },
  premium: { funder: 'WARD', claim: 'MONTHLY_CUMULATIVE' },
  ...changes,
})

/** A moment in Tokyo. */
export const jst = (day: string, time = '00:00:00'): number => Date.parse(`${day}T${time}+09:00`)

/** The moments at which things of that campaign happen. */
export const moments = {
  beforeApply: jst('2026-11-30'),
  apply: jst('2026-12-05', '12:00:00'),
  applyEnd: jst('2026-12-18'),
  draw: jst('2027-01-12', '10:00:00'),
  results: jst('2027-01-20', '10:00:00'),
  pay: jst('2027-02-03', '12:00:00'),
  payEnd: jst('2027-02-15'),
  release: jst('2027-02-17'),
  resale: jst('2027-02-23', '12:00:00'),
  resaleEnd: jst('2027-03-01'),
} as const
