/** Jan 2027 in the invented ward: the dates of the demo, all in Japan's time. */
export const at = (text: string): number => Date.parse(`${text}+09:00`)

/** The campaign of 48,000 units for 21,345 applicants, scaled to `applicants`. */
export const unitsFor = (applicants: number): number => Math.round((48_000 / 21_345) * applicants)

export type Wish = Readonly<{ group: string; units: number }>

/** 500 wishes with the same mixture as the 21,345: most ask for as much as they may. */
export function wishes(count: number): Wish[] {
  const shares = [2_000, 3_000, 4_000, 2_345, 10_000]
  const total = shares.reduce((sum, share) => sum + share, 0)
  const list: Wish[] = []
  let given = 0
  shares.forEach((share, place) => {
    given += share
    const until = Math.round((given / total) * count)
    while (list.length < until)
      list.push({ group: list.length % 4 === 3 ? 'WORKER' : 'RESIDENT', units: place + 1 })
  })
  return list
}

/** The campaign file that the clerk opens. */
export const campaignFile = ({
  id,
  units,
  groups,
}: Readonly<{ id: string; units: number; groups: readonly string[] }>) => ({
  id,
  name: 'プレミアム付きみらい区内共通商品券',
  issuer: 'みらい区商店街連合会',
  currency: 'JPY',
  kinds: [
    {
      code: 'COMMON',
      label: '共通券',
      priceYen: 5_000,
      faceYen: 6_000,
      acceptedBy: ['SMALL', 'LARGE', 'MEDICAL', 'TAXI'],
    },
    { code: 'LIMITED', label: '限定券', priceYen: 5_000, faceYen: 6_500, acceptedBy: ['SMALL'] },
  ],
  unit: { priceYen: 10_000, faceYen: 12_500, parts: ['COMMON', 'LIMITED'] },
  stock: { units },
  eligibility: { groups, minAge: 0 },
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
  spending: { minYen: 1, perCodeYenMax: 50_000, change: false, partial: true },
  settlement: {
    rule: 'A',
    roll: 'previous',
    closings: ['15', 'EOM'],
    minimumYen: 0,
    transferFee: 'FEDERATION',
    shopFeeBps: 0,
  },
  premium: { funder: 'WARD', claim: 'MONTHLY_CUMULATIVE' },
})
