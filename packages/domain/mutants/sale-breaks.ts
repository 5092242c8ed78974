import type { Mutant } from './mutant.ts'

const domain = 'packages/domain/src'

/** Breaks of the draw, of orders and of the campaign's terms. */
export const saleBreaks: readonly Mutant[] = [
  {
    law: 'L28',
    file: `${domain}/allocation.ts`,
    from: 'units.every((given) => given >= 1)',
    to: 'units.some((given) => given >= 1)',
  },
  {
    law: 'L28',
    file: `${domain}/household.ts`,
    from: 'floors: leastForAll <= terms.units ? sizes',
    to: 'floors: leastForAll < terms.units ? sizes',
  },
  {
    law: 'L29',
    file: `${domain}/allocation.ts`,
    from: 'applications.map(({ request }) => Math.min(request, terms.cap))',
    to: 'applications.map(({ request }) => request)',
  },
  {
    law: 'L29',
    file: `${domain}/allocation-level.ts`,
    from: 'const steps = Math.floor(left / short)',
    to: 'const steps = Math.floor(left / (short + 1))',
  },
  {
    law: 'L29',
    file: `${domain}/allocation-share.ts`,
    from: 'drawn.slice(0, remainder)) given[at] = (given[at] ?? 0) + 1',
    to: 'drawn.slice(0, 1)) given[at] = (given[at] ?? 0) + remainder',
  },
  {
    law: 'L30',
    file: `${domain}/allocation.ts`,
    from: 'const applications = sortById(draw.applications)',
    to: 'const { applications } = draw',
  },
  {
    law: 'L30',
    file: `${domain}/draw-order.ts`,
    from: 'return unit < 0xe000 ? unit + 0x2000 : unit - 0x800',
    to: 'return unit',
  },
  {
    law: 'L31',
    file: `${domain}/allocation-groups.ts`,
    from: '    left -= pool.allocated\n',
    to: '',
  },
  {
    law: 'L31',
    file: `${domain}/allocation-groups.ts`,
    from: 'Math.min(unused, sumOf(members.wishes) - pool.allocated)',
    to: 'unused',
  },
  {
    law: 'L32',
    file: `${domain}/household.ts`,
    from: 'Math.min(terms.householdCap ?? Infinity, sumOf(home.wishes))',
    to: 'sumOf(home.wishes)',
  },
  {
    law: 'L32',
    file: `${domain}/household.ts`,
    from: 'terms.units ? sizes : sizes.map(() => 0)',
    to: 'terms.units ? sizes.map(() => 0) : sizes.map(() => 0)',
  },
  {
    law: 'L33',
    file: `${domain}/draw-terms.ts`,
    from: '`${place.campaign}:${place.round}:${place.id}`',
    to: '`${place.campaign}:${place.id}`',
  },
  {
    law: 'L33',
    file: `${domain}/allocation-share.ts`,
    from: 'const scores = positions.map(score)',
    to: 'const scores = positions.map((at) => score(at).slice(0, 1))',
  },
  {
    law: 'L33',
    file: `${domain}/draw-publication.ts`,
    from: 'const sorted = sortById(applications)',
    to: 'const sorted = applications',
  },
  {
    law: 'L34',
    file: `${domain}/draw-verify.ts`,
    from: 'return { verified: difference === null, firstDifference: difference }',
    to: 'return { verified: true, firstDifference: null }',
  },
  {
    law: 'L34',
    file: `${domain}/draw-verify.ts`,
    from: "    ['membersDigest', publication.membersDigest, () => membersDigestOf(applications, hashes)],\n",
    to: '',
  },
  {
    law: 'L34',
    file: `${domain}/draw-digest.ts`,
    from: "`${id}=${request};${group ?? ''};${household ?? ''}`",
    to: "`${id}=${request};${household ?? ''}`",
  },
  {
    law: 'L36',
    file: `${domain}/order.ts`,
    from: '  won - reserved - paid - released',
    to: '  won - paid - released',
  },
  {
    law: 'L36',
    file: `${domain}/order-payment.ts`,
    from: "  if (missing > stock.free) return { reason: 'sold_out' }\n",
    to: '',
  },
  {
    law: 'L37',
    file: `${domain}/order-payment.ts`,
    from: 'paidAt >= payBy',
    to: 'paidAt > payBy',
  },
  {
    law: 'L37',
    file: `${domain}/order-payment.ts`,
    from: "order.state === 'paid' || order.state === 'refund_due'",
    to: "order.state === 'refund_due'",
  },
  {
    law: 'L37',
    file: `${domain}/order.ts`,
    from: 'const units = win.won - win.paid - win.released',
    to: 'const units = win.won - win.paid',
  },
  {
    law: 'L37',
    file: `${domain}/campaign.ts`,
    from: 'const TWO_DAYS_MS = 2 * 86_400_000',
    to: 'const TWO_DAYS_MS = 1 * 86_400_000',
  },
  {
    law: 'L39',
    file: `${domain}/second-sale.ts`,
    from: 'sale.requests.toSorted((a, b) => a.seq - b.seq)',
    to: 'sale.requests',
  },
  {
    law: 'L39',
    file: `${domain}/order.ts`,
    from: 'Math.min(caps.secondSale - owned.secondSale, caps.person - owned.all)',
    to: 'caps.secondSale - owned.secondSale',
  },
  {
    law: 'L40',
    file: `${domain}/campaign.ts`,
    from: 'addMonths(firstIssueDate(campaign), 6)',
    to: 'addMonths(firstIssueDate(campaign), 7)',
  },
  {
    law: 'L40',
    file: `${domain}/lint-windows.ts`,
    from: '.filter((step) => step.at < step.by)',
    to: '.filter(() => false)',
  },
  {
    law: 'L40',
    file: `${domain}/lint-money.ts`,
    from: 'if (sum === unit[field]) continue',
    to: 'if (sum <= unit[field]) continue',
  },
  {
    law: 'L41',
    file: 'apps/purchase/src/apply/person.ts',
    from: ".replaceAll(/\\s/gu, '')",
    to: '.trim()',
  },
  {
    law: 'L41',
    file: 'apps/purchase/src/apply/person.ts',
    from: "['person', normalised(name), birthDate, normalised(address)]",
    to: "['person', normalised(name), normalised(address)]",
  },
  {
    law: 'L28',
    file: 'apps/purchase/src/draw/run.ts',
    from: 'if (withoutUnits > 0 && !asked.isConfirmed)',
    to: 'if (withoutUnits > applications.length && !asked.isConfirmed)',
  },
  {
    law: 'L34',
    file: 'apps/resident-web/src/proof/verify.ts',
    from: '=> published !== before)',
    to: '=> before === undefined)',
  },
  {
    law: 'L34',
    file: 'apps/resident-web/src/proof/verify.ts',
    from: 'if (mine.units !== told.units)',
    to: 'if (mine.units < told.units - 1)',
  },
  {
    law: 'L35',
    file: 'apps/purchase/src/draw/commit.ts',
    from: `    if (at >= closedAt) return refused({ kind: 'commit_too_late', closedAt })
`,
    to: '',
  },
  {
    law: 'L35',
    file: 'apps/purchase/src/draw/freeze.ts',
    from: `    await closeList(tx, campaignId)
`,
    to: '',
  },
  {
    law: 'L35',
    file: 'apps/purchase/src/draw/freeze.ts',
    from: `    if (deps.now() < closesAt) return refused({ kind: 'applications_open', closesAt })
`,
    to: '',
  },
  {
    law: 'L36',
    file: 'apps/purchase/src/pay/counters.ts',
    from: `    .where('application_id', '=', applicationId)
    .forNoKeyUpdate()`,
    to: "    .where('application_id', '=', applicationId)",
  },
  {
    law: 'L38',
    file: 'apps/purchase/src/pay/place.ts',
    from: "order.fingerprint.equals(fingerprint) ? { kind: 'found', order } : { kind: 'key_reused' }",
    to: "order.fingerprint.length > fingerprint.length ? { kind: 'key_reused' } : { kind: 'found', order }",
  },
  {
    law: 'L38',
    file: 'apps/purchase/src/pay/sandbox.ts',
    from: 'if (match === null || !timingSafeEqual(given, signatureOf(seconds, bytes)))',
    to: 'if (match === null || given.length !== signatureOf(seconds, bytes).length)',
  },
  {
    law: 'L39',
    file: 'apps/purchase/src/pay/counters.ts',
    from: "and state in ('reserved', 'paid')`",
    to: "and state = 'paid'`",
  },
  {
    law: 'L41',
    file: 'apps/purchase/src/apply/apply.ts',
    from: '${personKeyOf(wish)}::bytea',
    to: '${null}::bytea',
  },
  {
    law: 'L41',
    file: 'apps/purchase/src/apply/claim.ts',
    from: "if (other?.state === 'active')",
    to: 'if (other !== null)',
  },
  {
    law: 'L41',
    file: 'apps/purchase/src/apply/claim.ts',
    from: 'const own = await lockApplication(tx, { campaignId, accountId })',
    to: 'const own = await findApplication(tx, { campaignId, accountId })',
  },
  {
    law: 'L41',
    file: 'apps/purchase/src/apply/claim.ts',
    from: "if (other?.state === 'active')",
    to: "if (other?.state === 'withdrawn')",
  },
]
