import type { Mutant } from './mutant.ts'

const redemption = 'apps/redemption/src'

/** Breaks of what keeps tills served while much else is going on. */
export const loadBreaks: readonly Mutant[] = [
  {
    law: 'L22',
    file: `${redemption}/redeem/queue.ts`,
    from: '    if (this.#alarm === undefined) this.#wakeWhenLate()\n',
    to: '',
  },
  {
    law: 'L22',
    file: `${redemption}/redeem/queue.ts`,
    from: '      this.#refuse(one)\n    }\n    this.#wakeWhenLate()\n',
    to: '      this.#refuse(one)\n    }\n',
  },
  {
    law: 'L22',
    file: `${redemption}/redeem/queue.ts`,
    from: 'setTimeout(() => this.#refuseLate(), Math.max(1, inMs + 1))',
    to: 'setTimeout(() => this.#refuseLate(), WAIT_MS_MAX * 3)',
  },
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
