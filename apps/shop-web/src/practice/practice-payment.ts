import { twoWords } from '@minnaken/qr'
import type { Answer } from '@minnaken/ui'
import type { Payment, Taken } from '../receive/payment.ts'

/** What a trainee can have happen, by a pretended code. */
export const practiceCases = ['taken', 'too_little', 'expired', 'lost'] as const

export type PracticeCase = (typeof practiceCases)[number]

const PREFIX = 'practice:'

/** A pretended code. It has not the form of a payment code, so no service would ever take it. */
export const practiceCode = (practice: PracticeCase, at: number): string =>
  `${PREFIX}${practice}:${at}`

const caseOf = (code: string): PracticeCase =>
  practiceCases.find((it) => code.startsWith(`${PREFIX}${it}:`)) ?? 'taken'

/**
 * Answers a payment as the service would, without asking it: this file knows no network, so a till
 * that practises cannot move money, whatever code is held before it. A real code is answered like
 * a good one.
 */
export async function answerInPractice(
  { code, yen }: Payment,
  { times, at }: Readonly<{ times: number; at: number }>,
): Promise<Answer<Taken>> {
  switch (caseOf(code)) {
    case 'too_little': {
      const spendableYen = Math.max(1, Math.floor(yen * 0.6))
      if (yen <= 1 || times > 0) return taken(yen, at)
      return refused('balance_too_small', { spendableYen, here: [], elsewhere: [] })
    }
    case 'expired':
      return refused('code_expired', {})
    case 'lost':
      return times < 3 ? { kind: 'outcome_unknown' } : taken(yen, at)
    case 'taken':
    default:
      return taken(yen, at)
  }
}

const refused = (code: string, data: object): Answer<Taken> => ({
  kind: 'refused',
  problem: { ...data, code, status: 409, title: code, titleEn: code },
})

async function taken(yen: number, at: number): Promise<Answer<Taken>> {
  const nonce = new Uint8Array(16)
  new DataView(nonce.buffer).setFloat64(0, at)
  const [first, second] = await twoWords(nonce)
  const value: Taken = {
    redemptionId: '0-00000000-0000-0000-0000-000000000000',
    amountYen: yen,
    split: [],
    acceptedAt: new Date(at).toISOString(),
    words: [{ ...first }, { ...second }],
  }
  return { kind: 'answered', status: 201, value }
}
