import type { Scenario } from '../rig/scenario.ts'
import { compare } from './compare.ts'
import { peak } from './peak.ts'

/** Every scenario, in the order in which `--list` explains them. */
export const scenarios: readonly Scenario[] = [peak, compare]
