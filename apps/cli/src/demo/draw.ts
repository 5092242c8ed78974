import type { Person } from '../people/people.ts'
import { at } from './campaign.ts'
import type { Stage } from './stage.ts'
import type { Summary } from './report.ts'

export type Figures = Summary['draw'] & Readonly<{ applicants: number; allocated: number }>

/** After applications have ended: freeze, run, publish. Answers the figures and the publication file. */
export async function runDraw(
  stage: Stage,
  { clerk, campaign }: Readonly<{ clerk: Person; campaign: string }>,
): Promise<Readonly<{ figures: Figures; publication: string }>> {
  const draw = `${stage.urls.purchase}/v1/campaigns/${campaign}/draw`
  await stage.travelTo(at('2026-12-18T09:00:00'))
  await clerk.get({ method: 'POST', url: `${draw}/freeze` })
  await stage.travelTo(at('2027-01-12T10:00:00'))
  const figures = await run(stage, clerk, draw)
  await stage.travelTo(at('2027-01-20T10:00:00'))
  await clerk.get({ method: 'POST', url: `${draw}/publish` })
  const response = await fetch(`${draw}/publication`)
  if (!response.ok) throw new Error(`publication: ${await response.text()}`)
  return {
    figures,
    publication: await response.text(),
  }
}

/** With fewer units than applicants the clerk has to confirm that not everyone wins. */
async function run(stage: Stage, clerk: Person, draw: string): Promise<Figures> {
  const asked = { method: 'POST', url: `${draw}/run` }
  const body = { publicValue: '2027-01-08 終値 12345.67' }
  const first = await clerk.ask({ ...asked, body })
  if (first.status === 200) return first.body as Figures
  const { code } = first.body as { code?: string }
  stage.expect('全員は当たらないと先に知らされる', code === 'not_everyone_wins', String(code))
  const ran = await clerk.get({ ...asked, body: { ...body, confirmNotEveryoneWins: true } })
  return ran as unknown as Figures
}
