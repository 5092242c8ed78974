import type { Answer } from '@minnaken/ui'
import { expect, test } from 'vitest'
import { type Payment, type Settled, type Taken, settlePayment } from './payment.ts'

/** The till's clock is a minute slow. */
const AT = Date.parse('2027-02-14T12:00:00+09:00')
const serverTimeAt = (at: number): number => at + 60_000
const payment: Payment = { code: 'CODE', yen: 800, since: AT - 60_000 }

const takenAt = (at: number, replayed?: true) => {
  const acceptedAt = new Date(at).toISOString()
  const value = {
    redemptionId: '0-1',
    amountYen: 800,
    acceptedAt,
    ...(replayed && { replayed }),
  } as Taken
  return { kind: 'answered', status: 201, value } as const
}
const taken = takenAt(AT + 500)
const unknown = { kind: 'outcome_unknown' } as const
const offline = { kind: 'offline' } as const
const no = (code: string, more: Readonly<{ retryable?: boolean }> = {}) =>
  ({
    kind: 'refused',
    problem: { code, status: 409, title: 'いいえ', titleEn: 'No', ...more },
  }) as const

/** Answers in order, and what the till did meanwhile; past the last answer it gives up. */
async function settled(
  answers: readonly Answer<Taken>[],
  wasSent = false,
  shown: readonly string[] = [],
): Promise<Readonly<{ end: Settled | 'asking'; asked: Payment[]; unknowns: number }>> {
  const asked: Payment[] = []
  let unknowns = 0
  const end = await settlePayment(
    {
      send: (it) => {
        const answer = answers[asked.length]
        if (answer === undefined) return Promise.reject(new Error('still asking'))
        asked.push(it)
        return Promise.resolve(answer)
      },
      wait: () => Promise.resolve(),
      serverTimeAt,
      wasShown: (redemptionId) => shown.includes(redemptionId),
      onUnknown: () => {
        unknowns++
      },
    },
    wasSent ? { ...payment, wasSent } : payment,
  ).catch(() => 'asking' as const)
  return { end, asked, unknowns }
}

test('a payment that is taken at once was never in doubt', async () => {
  expect(await settled([taken])).toEqual({
    end: { kind: 'taken', taken: taken.value },
    asked: [payment],
    unknowns: 0,
  })
})

test('a refusal ends it', async () => {
  const refusal = no('balance_too_small')
  expect(await settled([refusal])).toMatchObject({ end: refusal, unknowns: 0 })
})

test('while the outcome is not known the very same payment is asked for again', async () => {
  const it = await settled([unknown, unknown, offline, no('busy'), no('internal'), taken])
  expect(it.end).toEqual({ kind: 'taken', taken: taken.value })
  expect(it.asked).toEqual([payment, payment, payment, payment, payment, payment])
  expect(it.unknowns).toBe(5)
})

test('a payment in doubt is never given up: not for a network that stays away, not for a crowd', async () => {
  const long = [unknown, ...Array.from({ length: 40 }, () => offline)]
  expect((await settled(long)).end).toBe('asking')
  const crowded = [unknown, ...Array.from({ length: 40 }, () => no('busy'))]
  expect((await settled(crowded)).end).toBe('asking')
})

test('a fault of the service says nothing about the money, so the outcome is in doubt', async () => {
  expect(await settled([no('internal')])).toMatchObject({ end: 'asking', unknowns: 1 })
})

test.each(['sign_in_needed', 'forbidden', 'too_many_requests', 'service_unreachable'])(
  '%s ends no doubt: it says nothing of the payment',
  async (code) => {
    const it = await settled([unknown, ...Array.from({ length: 20 }, () => no(code)), taken])
    expect(it.end).toMatchObject({ kind: 'taken' })
  },
)

test('a till that is none any more hears so at once', async () => {
  const refusal = no('sign_in_needed')
  const it = await settled([refusal])
  expect([it.end, it.asked.length]).toEqual([refusal, 1])
})

test('a refusal after a doubt is the answer: the first request never came through', async () => {
  const refusal = no('code_expired')
  expect(await settled([unknown, refusal])).toMatchObject({ end: refusal })
})

test('what never left the till is given up after a few tries', async () => {
  const it = await settled(Array.from({ length: 40 }, () => offline))
  expect(it.end).toEqual(offline)
  expect(it.asked).toHaveLength(5)
  expect(it.unknowns).toBe(0)
})

test('a short break of the network is not even noticed', async () => {
  expect(await settled([offline, offline, taken])).toMatchObject({
    end: { kind: 'taken' },
    unknowns: 0,
  })
})

test('a service that stays busy did nothing, and the till says so', async () => {
  const busy = no('busy', { retryable: true })
  expect(await settled(Array.from({ length: 40 }, () => busy))).toMatchObject({ end: busy })
})

test('what an earlier visit left in doubt is asked for until it is known', async () => {
  const it = await settled([...Array.from({ length: 9 }, () => offline), taken], true)
  expect(it).toMatchObject({ end: { kind: 'taken' }, unknowns: 9 })
})

test('a code that paid here before is no payment, though the service answers as it did then', async () => {
  for (const before of [4_000, 3_600_000])
    expect(await settled([takenAt(AT - before, true)])).toMatchObject({
      end: { kind: 'refused', problem: { code: 'code_already_used', amountYen: 800 } },
    })
  expect(await settled([unknown, takenAt(AT - 4_000, true)])).toMatchObject({
    end: { problem: { code: 'code_already_used' } },
  })
})

test('the answer to this very payment is taken also where its first one was lost', async () => {
  const again = takenAt(AT + 500, true)
  const end = { kind: 'taken', taken: again.value }
  expect(await settled([unknown, again])).toMatchObject({ end })
  expect(await settled([again], true)).toMatchObject({ end })
  // A clock that is known badly takes back no payment that was made just now.
  expect(await settled([takenAt(AT - 3_600_000)])).toMatchObject({ end: { kind: 'taken' } })
})

test('what this till has shown as taken is no payment a moment later, whatever its clock says', async () => {
  const again = takenAt(AT + 500, true)
  expect(await settled([again], false, ['0-1'])).toMatchObject({
    end: { kind: 'refused', problem: { code: 'code_already_used' } },
  })
  expect(await settled([again], false, ['0-2'])).toMatchObject({ end: { kind: 'taken' } })
  expect(await settled([again], true, ['0-1'])).toMatchObject({ end: { kind: 'taken' } })
})
