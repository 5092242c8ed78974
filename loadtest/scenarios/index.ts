import type { Scenario } from '../rig/scenario.ts'
import { bigTable } from './big-table.ts'
import { capacity } from './capacity.ts'
import { compare } from './compare.ts'
import { hotShop } from './hot-shop.ts'
import { hotWallet } from './hot-wallet.ts'
import { multiProcess } from './multi-process.ts'
import { oneInFlight } from './one-in-flight.ts'
import { overload } from './overload.ts'
import { peak } from './peak.ts'
import { retryStorm } from './retry-storm.ts'
import { saleStorm } from './sale-storm.ts'
import { soak } from './soak.ts'
import { statements } from './statements.ts'

/** Every scenario, in the order in which `--list` explains them. */
export const scenarios: readonly Scenario[] = [
  peak,
  compare,
  capacity,
  saleStorm,
  hotShop,
  hotWallet,
  retryStorm,
  oneInFlight,
  statements,
  multiProcess,
  bigTable,
  overload,
  soak,
]
