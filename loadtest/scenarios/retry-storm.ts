import { wasSent } from '../rig/asked.ts'
import type { Entry } from '../rig/journal.ts'
import { latencyIn } from '../rig/phases.ts'
import { defineScenario } from '../rig/scenario.ts'

/** Tills whose network is bad: each sends the same payment again and again. */
export const retryStorm = defineScenario({
  name: 'retry-storm',
  needsK6: true,
  explains:
    'every payment is sent several times at the same moment, and once more later: one effect each; ' +
    'passes when all are sent, exactly one answer to each is the first, all others repeat it word for word, and the books balance',
  flags: {
    rate: { otherwise: 100, explains: 'payments a second' },
    seconds: { otherwise: 20, explains: 'how long' },
    times: { otherwise: 8, explains: 'how often each is sent at once' },
    later: { otherwise: 1_000, explains: 'ms until it is sent once more' },
  },
  run: async (rig, { rate, seconds, times, later }) => {
    const service = await rig.startRedemption()
    await rig.warmUp(service)
    const { run, entries, others } = await rig.k6({
      script: 'retry-storm.ts',
      service,
      plan: { count: rate * (seconds + 1), perSecond: rate },
      env: {
        RATE: String(rate),
        SECONDS: String(seconds),
        AT_ONCE: String(times),
        LATER_MS: String(later),
        USERS: String(Math.ceil(rate * (later / 1_000 + 1)) + 10),
      },
    })
    const books = await rig.checkBooks(service)
    const answers = answersIn(others)
    const faults = faultsOf(answers, times + 1)
    const effects = effectsOf(entries)
    const latency = latencyIn(entries)
    const asked = rate * seconds
    return {
      passed:
        run.thresholdsMet &&
        wasSent({ asked, sent: answers.size }) &&
        effects === answers.size &&
        faults.length === 0 &&
        books.balanced,
      line:
        `${answers.size} payments sent ${times} times at once and once more: ` +
        `${effects} effects, ${faults.length} wrong; p99 ${latency.p99} ms`,
      numbers: {
        asked,
        payments: answers.size,
        effects,
        requests: entries.length,
        latency,
        faults: faults.slice(0, 20),
        books,
      },
    }
  },
})

/** How many payments these requests were acknowledged to be; each is in the ledger, or the books fail. */
export const effectsOf = (entries: readonly Pick<Entry, 'heard'>[]): number =>
  new Set(entries.flatMap(({ heard }) => (heard.kind === 'taken' ? [heard.redemptionId] : []))).size

type Answer = Readonly<{ isFirst: boolean; text: string }>

/** What each payment was answered, in the lines `F place first|again answer`. */
export function answersIn(lines: readonly string[]): Map<number, Answer[]> {
  const answers = new Map<number, Answer[]>()
  for (const line of lines) {
    const [, place, kind, text] = /^F (\d+) (first|again) (.*)$/s.exec(line) ?? []
    if (place === undefined) continue
    const own = answers.get(Number(place)) ?? []
    own.push({ isFirst: kind === 'first', text: text ?? '' })
    answers.set(Number(place), own)
  }
  return answers
}

/**
 * What is wrong with the answers: each payment has one first answer and the rest repeat it. Whoever
 * is told that it is too busy was told nothing about the payment, and asks again.
 */
export function faultsOf(answers: ReadonlyMap<number, readonly Answer[]>, times: number): string[] {
  const faults: string[] = []
  for (const [place, all] of answers) {
    const told = all.filter(({ text }) => !text.includes('"code":"busy"'))
    const firsts = told.filter(({ isFirst }) => isFirst).length
    const texts = new Set(told.map(({ text }) => text))
    if (all.length !== times) faults.push(`${place} has ${all.length} answers of ${times}`)
    if (firsts !== 1) faults.push(`${place} has ${firsts} first answers`)
    if (texts.size !== 1) faults.push(`${place} was told ${[...texts].join(' and ')}`)
  }
  return faults
}
