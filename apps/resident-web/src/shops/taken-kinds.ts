import type { Campaign } from '../answers.ts'

/** The kinds of voucher that a class of shop takes, in campaigns that are not over. */
export function kindsTakenBy(
  campaigns: readonly Campaign[],
  { shopClass, now }: Readonly<{ shopClass: string; now: number }>,
): readonly string[] {
  const kinds = campaigns
    .filter(({ expiresAt }) => now < Date.parse(expiresAt))
    .flatMap((campaign) => campaign.kinds)
    .filter(({ acceptedBy }) => acceptedBy.includes(shopClass))
    .map(({ code }) => code)
  return [...new Set(kinds)]
}
