import type { Mutant } from './mutant.ts'

const redemption = 'apps/redemption/src'

/** Breaks of what keeps tills served while much else is going on. */
export const loadBreaks: readonly Mutant[] = [
  {
    law: 'L86',
    file: `${redemption}/main.ts`,
    from: '    db: lookups.db,\n',
    to: '    db: payments.db,\n',
  },
  {
    law: 'L86',
    file: `${redemption}/main.ts`,
    from: 'new CampaignBook(aside.db)',
    to: 'new CampaignBook(payments.db)',
  },
  {
    law: 'L86',
    file: `${redemption}/app.ts`,
    from: 'openBuckets(paying, ',
    to: 'openBuckets(deps, ',
  },
  {
    law: 'L86',
    file: `${redemption}/app.ts`,
    from: 'voidRoute(paying)',
    to: 'voidRoute(deps)',
  },
  {
    law: 'L86',
    file: `${redemption}/app.ts`,
    from: 'const apart = { ...deps, db: aside.db, pool: aside.pool }',
    to: 'const apart = deps',
  },
]
