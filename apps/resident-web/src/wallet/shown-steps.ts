import type { NextStep } from './next-step.ts'

/** Which thing to do it is, whatever its amount and its days have come to. */
export function nameOf(step: NextStep): string {
  if ('orderId' in step) return `${step.kind} ${step.orderId}`
  if ('campaign' in step) return `${step.kind} ${step.campaign}`
  return 'lastDay' in step ? `${step.kind} ${step.lastDay}` : step.kind
}

/**
 * The steps as they are shown: nothing until all is known that decides their order, or until whoever
 * looks has waited long enough for what is slow; null says that it is waited for.
 *
 * From then on nothing moves under a finger: what is shown stays where it is for as long as it is
 * to be done, and what is heard of later comes after it. Only a stopped wallet is said first
 * whenever it is heard of. The next look at the screen sorts anew.
 */
export function stepsToShow({
  steps,
  shown,
  isAllKnown,
  isPatient,
}: Readonly<{
  /** What there is to do by what is known so far, the most urgent first. */
  steps: readonly NextStep[]
  /** The names of those that are on the screen. */
  shown: readonly string[]
  isAllKnown: boolean
  isPatient: boolean
}>): readonly NextStep[] | null {
  const mayWait = isPatient || steps.length === 0
  if (shown.length === 0 && !isAllKnown && mayWait) return null
  const places = new Map(shown.map((name, at) => [name, at]))
  const placeOf = (step: NextStep): number =>
    step.kind === 'wallet_stopped' ? -1 : (places.get(nameOf(step)) ?? shown.length)
  return steps.toSorted((one, other) => placeOf(one) - placeOf(other))
}
