import { bookBreaks } from './book-breaks.ts'
import { codeBreaks } from './code-breaks.ts'
import { doubtBreaks } from './doubt-breaks.ts'
import { edgeBreaks } from './edge-breaks.ts'
import { loadBreaks } from './load-breaks.ts'
import { measuringBreaks } from './measuring-breaks.ts'
import type { Mutant } from './mutant.ts'
import { payingBreaks } from './paying-breaks.ts'
import { personBreaks } from './person-breaks.ts'
import { phoneBreaks } from './phone-breaks.ts'
import { photoBreaks } from './photo-breaks.ts'
import { rushBreaks } from './rush-breaks.ts'
import { saleBreaks } from './sale-breaks.ts'
import { screenBreaks } from './screen-breaks.ts'
import { settlingBreaks } from './settling-breaks.ts'
import { voidBreaks } from './void-breaks.ts'

/** Every break, by topic. */
export const mutants: readonly Mutant[] = [
  ...bookBreaks,
  ...payingBreaks,
  ...voidBreaks,
  ...saleBreaks,
  ...settlingBreaks,
  ...edgeBreaks,
  ...photoBreaks,
  ...rushBreaks,
  ...loadBreaks,
  ...codeBreaks,
  ...doubtBreaks,
  ...screenBreaks,
  ...personBreaks,
  ...phoneBreaks,
  ...measuringBreaks,
]
