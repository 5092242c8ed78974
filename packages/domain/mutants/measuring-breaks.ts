import type { Mutant } from './mutant.ts'

const http = 'packages/http/src'
const rig = 'loadtest/rig'
const baselines = 'loadtest/baselines'

/** Breaks of what is counted, who may read it, and what a load test is believed for. */
export const measuringBreaks: readonly Mutant[] = [
  {
    law: 'L77',
    file: `${http}/metrics-readers.ts`,
    from: 'return ![...headers.keys()].some((name) => proxied.test(name))',
    to: 'return true',
  },
  {
    law: 'L77',
    file: `${http}/metrics-readers.ts`,
    from: 'return given !== undefined && isSame(given, token)',
    to: 'if (given !== undefined && isSame(given, token)) return true',
  },
  {
    law: 'L77',
    file: `${http}/metrics-readers.ts`,
    from: 'timingSafeEqual(digestOf(given), digestOf(token))',
    to: 'token.startsWith(given)',
  },
  {
    law: 'L77',
    file: `${http}/metrics-readers.ts`,
    from: 'if (address === undefined || !loopback.test(address))',
    to: 'if (address === undefined)',
  },
  {
    law: 'L77',
    file: `${http}/metrics-readers.ts`,
    from: "  if (!localName.test(headers.get('host') ?? '')) return false\n",
    to: '',
  },
  {
    law: 'L77',
    file: `${http}/service.ts`,
    from: "  if (path === '/metrics') return problem('not_found')\n",
    to: '',
  },
  {
    law: 'L77',
    file: `${http}/service.ts`,
    from: "const route = outcome.kind === 'problem' ? '(none)' : path",
    to: 'const route = path === null ? path : pathOf(request)',
  },
  {
    law: 'L78',
    file: `${http}/metrics-tally.ts`,
    from: 'amount > (bounds[at] ?? 0)',
    to: 'amount >= (bounds[at] ?? 0)',
  },
  {
    law: 'L78',
    file: `${http}/render.ts`,
    from: "knownMethods.has(request.method) ? request.method : 'other'",
    to: 'request.method',
  },
  {
    law: 'L78',
    file: 'packages/db/src/pool.ts',
    from: '      isInVain = false\n',
    to: '',
  },
  {
    law: 'L78',
    file: 'apps/redemption/src/redeem/watch.ts',
    from: '      lengths[queue] -= 1\n',
    to: '',
  },
  {
    law: 'L78',
    file: 'apps/redemption/src/redeem/desk.ts',
    from: '    watch.held()\n',
    to: '',
  },
  {
    law: 'L78',
    file: 'apps/redemption/src/payments/pay.ts',
    from: 'desk.buckets.refuses(device.bucket)',
    to: 'desk.buckets.isFull(device.bucket)',
  },
  {
    law: 'L78',
    file: 'apps/redemption/src/payments/pay.ts',
    from: 'desk.buckets.isFull(device.bucket)',
    to: 'desk.buckets.refuses(device.bucket)',
  },
  {
    law: 'L79',
    file: `${rig}/books.ts`,
    from: `    if (row === undefined) find('what_was_acknowledged_is_in_the_ledger', id)
    else if (!isSame(row, entry, seeded))`,
    to: '    if (row !== undefined && !isSame(row, entry, seeded))',
  },
  {
    law: 'L79',
    file: `${rig}/books.ts`,
    from: "    if (!told.has(id)) find('what_is_in_the_ledger_was_acknowledged', id)\n",
    to: '',
  },
  {
    law: 'L79',
    file: `${rig}/books.ts`,
    from: ' && earlier.id !== id)',
    to: " && earlier.id === '')",
  },
  {
    law: 'L79',
    file: `${rig}/books.ts`,
    from: 'if (count !== seeded.history)',
    to: 'if (count > seeded.history)',
  },
  {
    law: 'L79',
    file: `${rig}/books.ts`,
    from: ' &&\n    row.yen === payment.yen\n',
    to: '\n',
  },
  {
    law: 'L79',
    file: `${rig}/journal.ts`,
    from: "typeof code === 'string' && code !== 'outcome_unknown' &&",
    to: "typeof code === 'string' &&",
  },
  {
    law: 'L79',
    file: `${rig}/sale-books.ts`,
    from: 'if (row?.id !== id || !row.isKept)',
    to: 'if (row === undefined)',
  },
  {
    law: 'L79',
    file: `${rig}/sale-books.ts`,
    from: 'if (unitsSold > sale.units)',
    to: 'if (unitsSold > 2 * sale.units)',
  },
  {
    law: 'L79',
    file: `${rig}/books.ts`,
    from: "heard.kind !== 'unknown' && status !== 503",
    to: "heard.kind !== 'unknown'",
  },
  {
    law: 'L79',
    file: `${rig}/books.ts`,
    from: '(isByPayer ? row.is_printed === true : row.till_id === till.tillId) &&',
    to: '(isByPayer || row.till_id === till.tillId) &&',
  },
  {
    law: 'L79',
    file: `${rig}/books.ts`,
    from: 'is distinct from coalesce(taken.yen, 0)) as wrong',
    to: 'is distinct from issued_yen - remaining_yen) as wrong',
  },
  {
    law: 'L79',
    file: `${rig}/sale-books.ts`,
    from: 'units !== unitsAsked.get(accountId)',
    to: 'units < 1',
  },
  {
    law: 'L79',
    file: `${rig}/asked.ts`,
    from: 'sent >= asked * SENT_LEAST',
    to: 'sent >= 0',
  },
  {
    law: 'L79',
    file: `${rig}/steady.ts`,
    from: 'wasSent({ asked, sent }) && taken === sent',
    to: 'taken === sent && asked >= 0',
  },
  {
    law: 'L80',
    file: `${rig}/cpu.ts`,
    from: 'ticks += ownTicks + endedTicks',
    to: 'ticks += ownTicks',
  },
  {
    law: 'L80',
    file: `${baselines}/conventional-statements.ts`,
    from: 'order by lot_id for update`',
    to: 'order by lot_id`',
  },
  {
    law: 'L80',
    file: `${baselines}/conventional-statements.ts`,
    from: 'return [payment, ...legs, ...lots]',
    to: 'return [payment, ...legs.slice(0, 1), ...lots]',
  },
  {
    law: 'L80',
    file: `${baselines}/conventional-desk.ts`,
    from: `        const [days, lots, [row]] = await tx.trip([
          holdDay,
          lockLots(bucket, request.walletId),
          readFacts(bucket, request),
        ])`,
    to: `        const [days, [row], lots] = await tx.trip([
          holdDay,
          readFacts(bucket, request),
          lockLots(bucket, request.walletId),
        ])`,
  },
  {
    law: 'L80',
    file: `${rig}/compare-targets.ts`,
    from: 'isMet: ({ max }) => max >= 3,',
    to: 'isMet: ({ max }) => max >= 2,',
  },
  {
    law: 'L80',
    file: 'loadtest/scenarios/hot-wallet.ts',
    from: 'hot.p99 / more.p99',
    to: 'hot.p99 / alone.p99',
  },
]
