/** A moment of the demo, which runs from November 2026 to March 2027, in Japan's time. */
export const at = (text: string): number => Date.parse(`${text}+09:00`)

/** The campaign of 48,000 units for 21,345 applicants, scaled to `applicants`. */
export const unitsFor = (applicants: number): number => Math.round((48_000 / 21_345) * applicants)

export type Wish = Readonly<{ group: string; units: number }>

/** So many wishes with the same mixture as the 21,345: most ask for as much as they may. */
export function wishes(count: number, cap: number): Wish[] {
  const shares = [2_000, 3_000, 4_000, 2_345, 10_000]
  const total = shares.reduce((sum, share) => sum + share, 0)
  const list: Wish[] = []
  let given = 0
  shares.forEach((share, place) => {
    given += share
    const until = Math.round((given / total) * count)
    while (list.length < until)
      list.push({
        group: list.length % 4 === 3 ? 'WORKER' : 'RESIDENT',
        units: Math.min(place + 1, cap),
      })
  })
  return list
}

/** A payment above it is confirmed by the payer, with the phone. */
export const CODE_YEN_MAX = 50_000

export type Caps = Readonly<{ perPersonUnits: number; secondSalePerPerson: number }>

/** How many units one person may buy in all, and in the second sale: never more than there are. */
const capsFor = (units: number): Caps => ({
  perPersonUnits: Math.min(5, units),
  secondSalePerPerson: Math.min(2, units),
})

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
  caps: capsFor(units),
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
  spending: { minYen: 1, perCodeYenMax: CODE_YEN_MAX, change: false, partial: true },
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
