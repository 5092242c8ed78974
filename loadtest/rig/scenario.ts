import type { Rig } from './rig.ts'

type FlagValue = number | string | boolean

/** A flag of a scenario: what it is when it is not given, and what it means. */
type Flag = Readonly<{ otherwise: FlagValue; explains: string }>

export type Flags = Readonly<Record<string, Flag>>

type Widened<Value> = Value extends number ? number : Value extends boolean ? boolean : string

export type ValuesOf<Given extends Flags> = Readonly<{
  [Name in keyof Given]: Widened<Given[Name]['otherwise']>
}>

/** What a run has to say for itself: whether it passed, in one line, and every number behind it. */
export type Outcome = Readonly<{
  passed: boolean
  /** The line for RESULTS.md. */
  line: string
  numbers: Readonly<Record<string, unknown>>
}>

export type Scenario = Readonly<{
  name: string
  explains: string
  flags: Flags
  /** Its payments are sent by k6: without it there is nothing to seed for. */
  needsK6?: boolean
  run: (rig: Rig, values: Readonly<Record<string, FlagValue>>) => Promise<Outcome>
}>

/** Describes a scenario; `run` sees its flags with the types of their usual values. */
export const defineScenario = <Given extends Flags>(
  scenario: Omit<Scenario, 'flags' | 'run'> &
    Readonly<{ flags: Given; run: (rig: Rig, values: ValuesOf<Given>) => Promise<Outcome> }>,
): Scenario => ({
  ...scenario,
  run: (rig, values) => scenario.run(rig, values as ValuesOf<Given>),
})

/** A flag that cannot be understood; the message says which and why. */
export class FlagError extends Error {}

/** Reads `--name value`, `--name=value` and a bare `--name` for yes. Throws FlagError. */
export function readFlags<Given extends Flags>(
  flags: Given,
  args: readonly string[],
): ValuesOf<Given> {
  const values: Record<string, FlagValue> = {}
  for (const [name, { otherwise }] of Object.entries(flags)) values[name] = otherwise
  for (let at = 0; at < args.length; at++) {
    const [, name, given] = /^--([a-z0-9-]+)(?:=(.*))?$/s.exec(args[at] ?? '') ?? []
    const flag = name === undefined ? undefined : flags[name]
    if (name === undefined || flag === undefined)
      throw new FlagError(`${args[at] ?? ''} is not a flag of this scenario`)
    const next = args[at + 1]
    const isNextMine =
      given === undefined &&
      next !== undefined &&
      !next.startsWith('--') &&
      (typeof flag.otherwise !== 'boolean' || /^(true|false)$/.test(next))
    values[name] = valueOf(name, flag, given ?? (isNextMine ? next : undefined))
    if (isNextMine) at++
  }
  return values as ValuesOf<Given>
}

function valueOf(name: string, { otherwise }: Flag, text: string | undefined): FlagValue {
  if (typeof otherwise === 'boolean') {
    if (text === undefined || text === 'true') return true
    if (text === 'false') return false
    throw new FlagError(`--${name} is true or false`)
  }
  if (text === undefined) throw new FlagError(`--${name} wants a value`)
  if (typeof otherwise === 'string') return text
  const number = Number(text.replaceAll('_', ''))
  if (text === '' || !Number.isFinite(number) || number < 0)
    throw new FlagError(`--${name} is a number from 0 on`)
  return number
}
