import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { paymentsAsked, wasSent } from '../rig/asked.ts'
import { type Latency, latencyOf, rounded } from '../rig/latency.ts'
import { type OpenSale, openSale } from '../rig/open-sale.ts'
import { begunAt, latencyIn, perSecond, sentWithin } from '../rig/phases.ts'
import { type Leftovers, leaveToOthers } from '../rig/placement.ts'
import { ownerUrlPlannedAs } from '../rig/database.ts'
import type { RunningService } from '../rig/process.ts'
import type { Rig } from '../rig/rig.ts'
import { type Attempt, acceptedWithin, attemptsIn, checkSale } from '../rig/sale-books.ts'
import { FlagError, defineScenario } from '../rig/scenario.ts'
import { pageOf, servedWithin } from '../rig/server-view.ts'
import { takenOf, usersFor } from '../rig/steady.ts'
import { watching } from '../rig/watch.ts'

type Size = Readonly<{
  people: number
  seconds: number
  quiet: number
  after: number
  retries: number
  pause: number
  stay: number
  rate: number
  users: number
  stock: number
  placement: string
  crowd: string
  sale: string
}>

type Env = Readonly<Record<string, string>>

/** Where people pay with what they have, and where they get more. */
type Design = Readonly<{
  name: 'ours' | 'control'
  start: (
    rig: Rig,
    saleEnv: Env,
  ) => Promise<Readonly<{ redemption: RunningService; purchase: RunningService }>>
}>

const ours: Design = {
  name: 'ours',
  start: async (rig, env) => ({
    redemption: await rig.startRedemption(),
    purchase: await rig.start({ name: 'purchase', role: 'purchase', env }),
  }),
}

/** One process, one pool and nobody who waits in line: what a shop's till has to be spared. */
const control: Design = {
  name: 'control',
  start: async (rig) => {
    const shared = await rig.start({
      name: 'shared-process',
      role: 'redemption',
      main: fileURLToPath(new URL('../baselines/shared-process.ts', import.meta.url)),
      env: { DATABASE_URL: await ownerUrlPlannedAs(rig.platform.ownerUrl, 'redemption') },
    })
    return { redemption: shared, purchase: shared }
  },
}

/** The minute in which the sale opens, at the tills. */
export const saleStorm = defineScenario({
  name: 'sale-storm',
  needsK6: true,
  explains:
    'payments at a steady rate; after a quiet everybody comes at once to apply and to buy, and whoever is not ' +
    'served tries three times more; passes when 99 of 100 people really come, no payment fails, their p99 in the ' +
    'storm is at most 1.2 times that of the quiet, whoever is told to come again is told when, every accepted application ' +
    'and order is kept as it was asked for, no more is sold than there is, and the books balance; --control shows the same ' +
    'with one process and one pool for all',
  flags: {
    people: { otherwise: 55_000, explains: 'people who come; half apply, half buy' },
    seconds: { otherwise: 60, explains: 'within how long they come' },
    quiet: { otherwise: 20, explains: 'how long it is quiet before' },
    after: { otherwise: 15, explains: 'how long payments go on afterwards, while some come back' },
    retries: { otherwise: 3, explains: 'how often somebody tries again' },
    pause: { otherwise: 1_000, explains: 'ms between the tries of somebody' },
    stay: {
      otherwise: 2,
      explains: 'of a hundred, so many then stay and come when they are called',
    },
    rate: { otherwise: 100, explains: 'payments a second' },
    stock: { otherwise: 10_000, explains: 'units for sale' },
    users: { otherwise: 10_000, explains: 'people who can be waiting for an answer at once' },
    ratio: { otherwise: 1.2, explains: 'how much longer p99 may be in the storm' },
    control: { otherwise: false, explains: 'measure the shared process too' },
    placement: {
      otherwise: 'product',
      explains:
        'how the sale shares the machine with the tills: product (as nice as it makes itself) or idle (only what the ' +
        'tills leave, as CPUWeight=idle of systemd); the client that plays the people always takes only what is left',
    },
    crowd: {
      otherwise: 'people',
      explains:
        'what storms: people, or loops (as many endless loops as cores, which take what is left and send nothing)',
    },
    sale: {
      otherwise: '',
      explains: 'settings of the sale’s process, as NAME=value, separated by semicolons',
    },
  },
  run: async (rig, { ratio, control: withControl, ...size }) => {
    if (size.placement !== 'product' && size.placement !== 'idle')
      throw new FlagError('--placement is product or idle')
    if (size.crowd !== 'people' && size.crowd !== 'loops')
      throw new FlagError('--crowd is people or loops')
    const own = await runStorm(rig, ours, size)
    const damage = withControl ? await runStorm(rig, control, size) : null
    const areBooksRight = [own, ...(damage === null ? [] : [damage])].every(
      ({ books, sale }) => books.balanced && sale.balanced,
    )
    return {
      passed:
        didCome(own) &&
        wasSent({ asked: paymentsAsked(size), sent: own.payments }) &&
        own.errors === 0 &&
        own.thresholdsMet &&
        own.ratio <= ratio &&
        own.withoutRetryAfter === 0 &&
        areBooksRight,
      line: lineOf(own) + (damage === null ? '' : `; shared process: ${lineOf(damage)}`),
      numbers: { size, ours: own, control: damage },
    }
  },
})

/** Whoever never came has no line in the journal, for whatever reason. Too few, and it was no such storm. */
const didCome = ({ asked, sale }: Pick<Storm, 'asked' | 'sale'>): boolean =>
  wasSent({ asked, sent: sale.people })

type Storm = Awaited<ReturnType<typeof runStorm>>

async function runStorm(rig: Rig, design: Design, size: Size) {
  const sale = await openSale(rig.platform.ownerUrl, {
    // A run that is repeated on the same platform opens other campaigns.
    name: `${design.name}-${Date.now().toString(36)}`.toUpperCase(),
    // k6 may begin one more than it was asked for.
    people: size.people + 2,
    units: size.stock,
  })
  const { redemption, purchase } = await design.start(rig, settingsOf(size.sale))
  const isApart = redemption !== purchase
  const sharesAs = isApart ? placed(purchase, size.placement) : null
  try {
    await rig.warmUp(redemption)
    rig.say(`${design.name}: ${size.people} people in ${size.seconds} s`)
    const result = await loadBoth(rig, { redemption, purchase, size, sale })
    const books = await rig.checkBooks(redemption)
    const saleBooks = await checkSale(rig.platform.ownerUrl, sale, result.attempts)
    rig.say(`${design.name}: ${lineOf({ ...result.numbers, sale: saleBooks })}`)
    return { ...result.numbers, sharesAs, sale: saleBooks, books }
  } finally {
    for (const service of new Set([redemption, purchase])) await service.stop()
  }
}

/** How the sale shares the cores with the tills: by its own niceness, or with what they leave. */
const placed = ({ pids }: RunningService, placement: string): Leftovers | 'own niceness' =>
  placement === 'idle' ? (pids.map(leaveToOthers)[0] ?? 'niceness') : 'own niceness'

type Loaded = Readonly<{
  redemption: RunningService
  purchase: RunningService
  size: Size
  sale: OpenSale
}>

async function loadBoth(rig: Rig, { redemption, purchase, size, sale }: Loaded) {
  const { rate, quiet, seconds, after } = size
  const file = join(rig.folder, `people-${Date.now()}`)
  await writeFile(file, sale.people.map(({ sessionToken }) => sessionToken).join('\n'))
  const total = quiet + seconds + after
  const load = () =>
    rig.k6({
      script: 'sale-storm.ts',
      beside: { script: size.crowd === 'loops' ? 'loops.ts' : 'rush.ts', isLast: true },
      service: redemption,
      others: redemption === purchase ? [] : [purchase],
      plan: { count: rate * (total + 1), perSecond: rate },
      env: {
        PEOPLE_FILE: file,
        PURCHASE_URL: purchase.urls[0] ?? '',
        APPLY_CAMPAIGN: sale.apply.code,
        SALE_CAMPAIGN: sale.sale.code,
        ...envOf(size),
      },
    })
  const [url = ''] = redemption.urls
  const { result, seen } = await watching(1_000, pageOf(url), load)
  const pages = seen.filter((page) => page !== null)
  const { run, beside, entries, others, cost } = result
  const begun = begunAt(others)
  const attempts = attemptsIn(others)
  const within = (from: number, until: number): Latency =>
    latencyIn(sentWithin(entries, { begun, from, until }))
  const served = (from: number, until: number): number | null =>
    servedWithin(pages, {
      route: '/v1/redemptions',
      from: begun + from * 1_000,
      until: begun + until * 1_000,
      quantile: 0.99,
    })
  // The first second is that of opening connections.
  const calm = within(Math.min(1, quiet / 2), quiet)
  const storm = within(quiet, quiet + seconds)
  return {
    attempts,
    numbers: {
      thresholdsMet: run.thresholdsMet,
      quiet: calm,
      storm,
      after: within(quiet + seconds, total),
      ratio: rounded(storm.p99 / calm.p99),
      /** p99 as the service saw it: without what the client, on the same machine, was late by. */
      servedP99: { quiet: served(1, quiet), storm: served(quiet, quiet + seconds) },
      payments: entries.length,
      errors: entries.length - takenOf(entries),
      asked: size.people,
      dropped: beside?.metrics['dropped_iterations{scenario:storm}']?.values['count'] ?? 0,
      withoutRetryAfter: beside?.metrics['refused_without_retry_after']?.values['count'] ?? 0,
      clientSharesAs: beside?.leftovers ?? null,
      accepted: acceptedWithin(attempts, {
        from: begun + quiet * 1_000,
        until: begun + (quiet + seconds) * 1_000,
      }),
      answered: latencyOf(attempts.map(({ ms }) => ms)),
      seconds: perSecond(entries, { begun, seconds: total }),
      atTheSale: salePerSecond(attempts, { begun, seconds: total }),
      cost: { serverUs: cost.serverUs, postgresUs: cost.postgresUs, seconds: cost.seconds },
      means: cost.means,
    },
  }
}

const envOf = (size: Size): Record<string, string> => ({
  RATE: String(size.rate),
  PEOPLE: String(size.people),
  QUIET_SECONDS: String(size.quiet),
  STORM_SECONDS: String(size.seconds),
  AFTER_SECONDS: String(size.after),
  RETRIES: String(size.retries),
  PAUSE_MS: String(size.pause),
  STAY_PERCENT: String(size.stay),
  USERS: String(Math.min(size.users, size.people + 2)),
  TILL_USERS: String(usersFor(size.rate) * 2),
  LOOPS: String(availableParallelism()),
})

/** `NAME=value;NAME=value`, as an environment. */
const settingsOf = (text: string): Env =>
  Object.fromEntries(
    text
      .split(';')
      .filter((part) => part !== '')
      .map((part) => {
        const [name = '', ...value] = part.split('=')
        return [name, value.join('=')]
      }),
  )

/** How many tries were made in each second, and how many of them were accepted. */
function salePerSecond(
  attempts: readonly Attempt[],
  { begun, seconds }: Readonly<{ begun: number; seconds: number }>,
) {
  const bins = Array.from({ length: seconds }, (_, second) => ({ second, tries: 0, accepted: 0 }))
  for (const { at, ms, code } of attempts) {
    const bin = bins[Math.floor((at - ms - begun) / 1_000)]
    if (bin === undefined) continue
    bin.tries += 1
    if (code === 'accepted') bin.accepted += 1
  }
  return bins
}

const lineOf = (
  it: Pick<Storm, 'quiet' | 'storm' | 'ratio' | 'errors' | 'sale' | 'asked' | 'accepted'>,
): string => {
  const { quiet, storm, ratio, errors, sale, asked, accepted } = it
  return (
    `${sale.people} of ${asked} people came` +
    `${didCome(it) ? '' : ' (TOO FEW: not the load that was asked for)'}; ` +
    `payments p99 ${quiet.p99} ms quiet, ${storm.p99} ms in the storm (x ${ratio}), ${errors} failed; ` +
    `${accepted.perSecond} accepted a second in the storm (${accepted.apply} applications, ${accepted.buy} orders), ` +
    `in all ${sale.applicationsAccepted} applications and ${sale.ordersAccepted} orders accepted and kept, ` +
    `${sale.unitsSold} of ${sale.unitsInStock} units sold`
  )
}
