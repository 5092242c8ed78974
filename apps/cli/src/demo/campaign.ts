import { sampleCampaign } from '@minnaken/domain/sample-campaign'

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
export const CODE_YEN_MAX = sampleCampaign().spending.perCodeYenMax

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
  ...sampleCampaign(),
  id,
  stock: { units },
  eligibility: { groups, minAge: 0 },
  caps: capsFor(units),
})
