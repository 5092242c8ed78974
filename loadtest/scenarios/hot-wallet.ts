import { wasSent } from '../rig/asked.ts'
import type { Entry } from '../rig/journal.ts'
import { rounded } from '../rig/latency.ts'
import { begunAt, latencyIn, perSecond, sentWithin } from '../rig/phases.ts'
import { defineScenario } from '../rig/scenario.ts'
import { usersFor } from '../rig/steady.ts'

const HOT = 0

/** A family that pays at many tills from one wallet, or somebody who plays with it. */
export const hotWallet = defineScenario({
  name: 'hot-wallet',
  needsK6: true,
  explains:
    'payments of everybody; then others come on top, spread over all wallets; then as many, all from one wallet; ' +
    'passes when p99 of everybody is at most twice as long while they come from one wallet as while as many come from all, ' +
    'all are sent, nothing is refused and the books balance',
  flags: {
    rate: { otherwise: 500, explains: 'payments of everybody in a second' },
    extra: { otherwise: 300, explains: 'payments on top in a second' },
    seconds: { otherwise: 15, explains: 'how long each of the three phases is' },
    ratio: { otherwise: 2, explains: 'how much longer p99 may be' },
  },
  run: async (rig, { rate, extra, seconds, ratio: most }) => {
    const service = await rig.startRedemption()
    await rig.warmUp(service)
    const others = rate * (seconds * 3 + 1)
    const wallets = rig.seeded.wallets.length
    const extras = extra * (seconds * 2 + 1)
    const spread = (place: number): number => HOT + 1 + ((place * 7_919) % (wallets - 1))
    const {
      run,
      entries,
      others: lines,
    } = await rig.k6({
      script: 'hot-wallet.ts',
      service,
      plan: {
        count: others + extras,
        sentAfterMs: (place) =>
          place < others
            ? (place / rate) * 1_000
            : seconds * 1_000 + ((place - others) / extra) * 1_000,
        wallet: (place) => (place < others + extra * seconds ? spread(place) : HOT),
        yen: (place) => (place < others ? 10 + ((place * 37) % 20) : 1),
      },
      env: {
        RATE: String(rate),
        EXTRA_RATE: String(extra),
        EXTRA_FROM: String(others),
        PHASE_SECONDS: String(seconds),
        USERS: String(usersFor(Math.max(rate, extra))),
      },
    })
    const books = await rig.checkBooks(service)
    const begun = begunAt(lines)
    const everybody = entries.filter(({ payment }) => payment.yen > 1)
    const { alone, more, hot, ratio } = phasesOf(everybody, { begun, seconds })
    const asked = rate * seconds * 3 + extra * seconds * 2
    return {
      passed:
        run.thresholdsMet &&
        wasSent({ asked, sent: entries.length }) &&
        ratio <= most &&
        books.balanced,
      line:
        `p99 of everybody: ${alone.p99} ms alone, ${more.p99} ms with ${extra}/s spread, ` +
        `${hot.p99} ms with ${extra}/s from one wallet (x ${ratio})`,
      numbers: {
        rate,
        extra,
        asked,
        sent: entries.length,
        alone,
        spread: more,
        hot,
        ratio,
        seconds: perSecond(everybody, { begun, seconds: seconds * 3 }),
        books,
      },
    }
  },
})

/** What a phase begins with: the client's start, or the phase before it running out. */
const DROPPED_SECONDS = 5

/**
 * How long everybody waited alone, with others spread over all wallets, and with as many from one:
 * the last two differ by nothing but the wallet, so these are what is compared.
 */
export function phasesOf(
  everybody: readonly Entry[],
  { begun, seconds }: Readonly<{ begun: number; seconds: number }>,
) {
  const dropped = Math.min(DROPPED_SECONDS, seconds / 3)
  const phase = (no: number) =>
    latencyIn(
      sentWithin(everybody, { begun, from: no * seconds + dropped, until: (no + 1) * seconds }),
    )
  const [alone, more, hot] = [phase(0), phase(1), phase(2)]
  return { alone, more, hot, ratio: rounded(hot.p99 / more.p99) }
}
