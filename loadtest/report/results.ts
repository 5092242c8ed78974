import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Step } from '../rig/capacity.ts'
import type { Latency, Spread } from '../rig/latency.ts'
import type { Told } from '../rig/listeners.ts'
import type { Machine } from '../rig/machine.ts'
import type { Second } from '../rig/phases.ts'
import type { Ratio, Summary } from '../rig/rounds.ts'
import type { SaleBooks } from '../rig/sale-books.ts'
import type { Window } from '../rig/soak.ts'
import type { CountedStatement } from '../rig/statements.ts'
import type { Steady } from '../rig/steady.ts'

type Result<Numbers> = Readonly<{
  /** The file without its ending: several runs of one scenario have different names. */
  name: string
  scenario: string
  startedAt: string
  command: string
  machine: Machine
  dataset: Readonly<Record<string, number>>
  k6: string | null
  passed: boolean
  line: string
  numbers: Numbers
  /** Of a run with `--explain`. */
  statements?: readonly CountedStatement[]
}>

type AnyResult = Result<Readonly<Record<string, unknown>>>

type Compare = Result<
  Readonly<{
    summary: Readonly<Record<string, Summary>>
    ratios: Readonly<Record<string, Ratio>>
    connections: number
  }>
>

type Peak = Result<
  Readonly<{
    rate: number
    payers: number
    p99: Spread
    rounds: readonly (Steady & Readonly<{ told: Told }>)[]
  }>
>

type Capacity = Result<Readonly<{ steps: readonly Step[] }>>

type Statements = Result<
  Readonly<{
    count: number
    summary: readonly Readonly<
      { batchSize: number } & Record<'perSecond' | 'postgresUs' | 'clientUs' | 'walBytes', Spread>
    >[]
  }>
>

export type Storm = Readonly<
  Record<'quiet' | 'storm' | 'after' | 'answered', Latency> & {
    ratio: number
    servedP99: Readonly<Record<'quiet' | 'storm', number | null>>
    payments: number
    errors: number
    asked: number
    withoutRetryAfter: number
    accepted: Readonly<{ apply: number; buy: number; perSecond: number }>
    /** How the sale shares the cores with the tills; null in one process with them. */
    sharesAs: string | null
    clientSharesAs: string | null
    seconds: readonly Second[]
    sale: SaleBooks
  }
>

export type SaleStorm = Result<
  Readonly<{
    size: Readonly<Record<'people' | 'quiet' | 'seconds' | 'after' | 'rate', number>> &
      Readonly<{ crowd?: string; sale?: string }>
    ours: Storm
    control: Storm | null
  }>
>

export type Load = Readonly<{
  times: number
  asked: number
  sentPerSecond: number
  inTimePerSecond: number
  unknown: number
  refused: Readonly<{
    count: number
    latency: Latency
    later: Latency
    withoutRetryAfter: number
  }>
  memoryMb: Readonly<Record<'before' | 'most' | 'after', number>>
  recoveredAfterMs: number | null
}>

type Overload = Result<
  Readonly<{
    capacity: number
    slow: number
    kept: number
    steps: readonly Load[]
    control: Readonly<{ steps: readonly Load[] }> | null
  }>
>

export type BigTable = Result<
  Readonly<{
    steps: readonly Readonly<{
      size: number
      earlier: Summary
      none: Summary
      ofNone: Ratio
      loadedInSeconds: number
    }>[]
  }>
>

type Soak = Result<Readonly<{ windows: readonly Window[] }>>

type HotShop = Result<Readonly<{ ratio: Spread }>>
type HotWallet = Result<Readonly<{ ratio: number; asked: number; sent: number }>>
type RetryStorm = Result<Readonly<{ payments: number; effects: number; faults: readonly string[] }>>

/** Whether a run of the storm was one to find out why: it is not the product, and is not judged. */
export const isTrial = ({ crowd, sale }: SaleStorm['numbers']['size']): boolean =>
  crowd === 'loops' || (sale ?? '') !== ''

/** What a scenario's file is read as: it was written by this version, or is measured again. */
export type Known = {
  compare: Compare
  peak: Peak
  capacity: Capacity
  'sale-storm': SaleStorm
  overload: Overload
  'big-table': BigTable
  soak: Soak
  'hot-shop': HotShop
  'hot-wallet': HotWallet
  'retry-storm': RetryStorm
  statements: Statements
}

export type Results = Readonly<{
  all: readonly AnyResult[]
  of: <Name extends keyof Known>(scenario: Name) => readonly Known[Name][]
}>

/** Reads what was kept with `--save`, in the order of their names. */
export async function readResults(folder: string): Promise<Results> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).toSorted()
  const all = await Promise.all(
    files.map(async (file) => ({
      ...(JSON.parse(await readFile(join(folder, file), 'utf8')) as Omit<AnyResult, 'name'>),
      name: file.replace(/\.json$/, ''),
    })),
  )
  return {
    all,
    of: <Name extends keyof Known>(scenario: Name) =>
      all.filter((each) => each.scenario === scenario) as unknown as Known[Name][],
  }
}
