import { parsePublication, verifyPublication } from '@minnaken/domain'
import { expect } from 'vitest'
import { drawHashes } from '../src/hashes.ts'
import type { Caller, Stage } from './_stage.ts'

export const base = '/v1/campaigns/MIRAI2027' as const

/** What a clerk and applicants do around the draw of one campaign. */
export const drawDesk = (stage: Stage) => ({
  at: (moment: number) => {
    stage.clock.at = moment
  },
  step: (name: 'commit' | 'freeze' | 'run' | 'publish', body?: object) =>
    stage.send(
      stage.clerk,
      `POST ${base}/draw/${name}`,
      name === 'run' ? { body: body ?? {} } : {},
    ),
  applyFor: async (units: number, wish: object = {}): Promise<Caller> => {
    const person = await stage.account('resident')
    const body = stage.wishOf(units, { ...wish })
    const answer = await stage.send(person, `POST ${base}/applications`, { body })
    expect(answer.status).toBe(201)
    return person
  },
  resultOf: (person: Caller) => stage.send(person, `GET ${base}/result/mine`),
})

/** Does a published draw again, from the text of its file. */
export const verify = (text: string) => {
  const parsed = parsePublication(JSON.parse(text))
  return 'publication' in parsed ? verifyPublication(parsed.publication, drawHashes) : parsed
}

export const codeOf = async (
  answer: Promise<Readonly<{ body: Readonly<Record<string, unknown>> }>>,
): Promise<unknown> => (await answer).body['code']
