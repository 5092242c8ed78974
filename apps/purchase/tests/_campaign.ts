import { sampleCampaign } from '@minnaken/domain/sample-campaign'

/** The invented ward's campaign, as its file says it. */
export const campaignFile = (changes: Readonly<Record<string, unknown>> = {}) => ({
  ...sampleCampaign(),
  stock: { units: 10 },
  eligibility: { groups: ['RESIDENT', 'WORKER'], minAge: 18 },
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
