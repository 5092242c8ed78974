import { parsePublication, verifyPublication } from '@minnaken/domain'
import { expect } from 'vitest'
import { drawHashes } from '../src/hashes.ts'
import { moments } from './_campaign.ts'
import type { Caller, Stage } from './_stage.ts'

/** What a clerk and applicants do around the draw of one campaign. */
export const drawDesk = (stage: Stage, code: string) => ({
  code,
  base: `/v1/campaigns/${code}` as const,
  open: (changes: Readonly<Record<string, unknown>> = {}) => {
    stage.clock.at = moments.beforeApply
    return stage.openCampaign({ ...changes, id: code })
  },
  at: (moment: number) => {
    stage.clock.at = moment
  },
  step: (name: 'commit' | 'freeze' | 'run' | 'publish', body?: object) =>
    stage.send(
      stage.clerk,
      `POST /v1/campaigns/${code}/draw/${name}`,
      name === 'run' ? { body: body ?? {} } : {},
    ),
  applyFor: async (units: number, wish: object = {}): Promise<Caller> => {
    const person = await stage.account('resident')
    const body = stage.wishOf(units, { ...wish })
    const answer = await stage.send(person, `POST /v1/campaigns/${code}/applications`, { body })
    expect(answer.status).toBe(201)
    return person
  },
  resultOf: (person: Caller) => stage.send(person, `GET /v1/campaigns/${code}/result/mine`),
})

/** Does a published draw again, from the text of its file. */
export const verify = (text: string) => {
  const parsed = parsePublication(JSON.parse(text))
  return 'publication' in parsed ? verifyPublication(parsed.publication, drawHashes) : parsed
}

export const codeOf = async (
  answer: Promise<Readonly<{ body: Readonly<Record<string, unknown>> }>>,
): Promise<unknown> => (await answer).body['code']
