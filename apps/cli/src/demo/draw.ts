import type { Person } from '../people/people.ts'
import { at } from './campaign.ts'
import type { Stage } from './stage.ts'
import type { Summary } from './report.ts'

/** After applications have ended: freeze, run, publish. Answers the figures and the publication file. */
export async function runDraw(
  stage: Stage,
  { clerk, campaign }: Readonly<{ clerk: Person; campaign: string }>,
): Promise<Readonly<{ figures: Summary['draw'] & { applicants: number }; publication: string }>> {
  const draw = `${stage.urls.purchase}/v1/campaigns/${campaign}/draw`
  await stage.travelTo(at('2026-12-18T09:00:00'))
  await clerk.get({ method: 'POST', url: `${draw}/freeze` })
  await stage.travelTo(at('2027-01-12T10:00:00'))
  const ran = await clerk.get({
    method: 'POST',
    url: `${draw}/run`,
    body: { publicValue: '2027-01-08 終値 12345.67' },
  })
  await stage.travelTo(at('2027-01-20T10:00:00'))
  await clerk.get({ method: 'POST', url: `${draw}/publish` })
  const response = await fetch(`${draw}/publication`)
  if (!response.ok) throw new Error(`publication: ${await response.text()}`)
  return {
    figures: ran as unknown as Summary['draw'] & { applicants: number },
    publication: await response.text(),
  }
}
