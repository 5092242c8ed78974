import type { numberReply } from '@minnaken/redemption/contract'
import { type Answer, call, CODE_MS, isPassing, type Reply, type ShownCode } from '@minnaken/ui'
import { useEffect, useState } from 'react'

/** The twelve digits that stand for a code. */
export type CodeNumber =
  | Readonly<{ kind: 'asked' }>
  | Readonly<{ kind: 'issued'; number: string }>
  /** There are none now; they come as soon as somebody can be asked. */
  | Readonly<{ kind: 'missing' }>

type Asked = Answer<Reply<typeof numberReply>>

/** Whoever stands at a till waits so long, and is told then. */
const PATIENCE_MS = 4_000
const PAUSES_MS = [1_000, 3_000, 6_000, 12_000]

/**
 * Asks for the digits of a code until there are some, or it is refused for good. One bar of a
 * network is no network and still says that it is one, so what counts is whether somebody answers.
 */
export async function untilNumber({
  ask,
  signal,
  onNumber,
}: Readonly<{
  ask: () => Promise<Asked>
  signal: AbortSignal
  onNumber: (number: CodeNumber) => void
}>): Promise<void> {
  const timer = setTimeout(() => onNumber({ kind: 'missing' }), PATIENCE_MS)
  signal.addEventListener('abort', () => clearTimeout(timer))
  for (let times = 0; !signal.aborted; times++) {
    const answer = await ask()
    if (signal.aborted) return
    if (answer.kind === 'answered') {
      clearTimeout(timer)
      onNumber({ kind: 'issued', number: answer.value.number })
      return
    }
    // Where the phone itself knows of no network nobody has to wait to be told.
    if (answer.kind === 'offline') onNumber({ kind: 'missing' })
    if (answer.kind === 'refused' && !isPassing(answer.problem)) {
      clearTimeout(timer)
      onNumber({ kind: 'missing' })
      return
    }
    await new Promise((resolve) => {
      setTimeout(resolve, PAUSES_MS[Math.min(times, PAUSES_MS.length - 1)])
    })
  }
}

/** Codes of which a number was asked for, in their order. */
type Numbers = readonly Readonly<{ code: ShownCode; number: CodeNumber }>[]

/** The digits of the code that is shown, and of the one before. */
export function useNumbers(code: ShownCode | null): Numbers {
  const [numbers, setNumbers] = useState<Numbers>([])
  useEffect(() => {
    if (code === null) return undefined
    const leaving = new AbortController()
    const { signal } = leaving
    const asked = { method: 'POST', path: '/v1/codes', body: { code: code.text }, signal } as const
    untilNumber({
      ask: () => call({ ...asked, isRepeatable: true, patienceMs: 0 }),
      signal,
      onNumber: (number) =>
        setNumbers((known) => [
          ...known.filter((it) => it.code !== code).slice(-1),
          { code, number },
        ]),
    }).catch(() => {})
    return () => leaving.abort()
  }, [code])
  return numbers
}

export const numberOf = (numbers: Numbers, code: ShownCode | null): CodeNumber =>
  numbers.find((it) => it.code === code)?.number ?? { kind: 'asked' }

/**
 * The digits that were shown before those of `code`, as long as they pay: somebody may be reading
 * them out, and needs longer than a code is shown.
 */
export function stillReadOut(
  numbers: Numbers,
  { code, now }: Readonly<{ code: ShownCode | null; now: number }>,
): string | null {
  const before = numbers.findLast((it) => it.code !== code)
  const isOver = before === undefined || now >= before.code.issuedAt + CODE_MS
  return isOver || before.number.kind !== 'issued' ? null : before.number.number
}
