import type { noticesReply, statementReply, statementsReply } from '@minnaken/settlement/contract'
import type { BrowserContext } from 'playwright-core'

type Statement = (typeof statementReply)['_zod']['output']
type Statements = (typeof statementsReply)['_zod']['output']
type Notices = (typeof noticesReply)['_zod']['output']

/** The number of the statement that the pages are told of. */
export const statementNo = '2026-0001-100001'

const byKind = { COMMON: { count: 1, yen: 800 }, LIMITED: { count: 1, yen: 6_500 } }

/** A closing takes two people of the federation and some weeks; here its outcome is told. */
const statement = (shopNo: string): Statement => ({
  statementNo,
  shopNo,
  shopName: 'みらい青果',
  redemptions: 2,
  redemptionsYen: 7_300,
  voids: 1,
  voidsYen: 300,
  corrections: 0,
  correctionsYen: 0,
  byKind,
  carriedInYen: 0,
  returnedYen: 0,
  feeYen: 0,
  paidYen: 7_000,
  carriedOutYen: 0,
  held: false,
  run: {
    runNo: 1,
    state: 'sent',
    periodStart: '2026-10-01',
    periodEnd: '2026-10-31',
    payDate: '2026-11-20',
  },
  account: 'みらい銀行 本店 普通 ****001',
  payout: { state: 'returned', stateSince: '2026-11-20T03:00:00.000Z', returnReason: '口座なし' },
  lines: [
    {
      kind: 'redemption',
      yen: 7_300,
      businessDate: '2026-10-12',
      decidedAt: '2026-10-12T03:00:00.000Z',
      receiptNo: 'R-100001',
      originalReceiptNo: null,
      till: 'レジ1',
      split: [
        { kind: 'COMMON', yen: 800 },
        { kind: 'LIMITED', yen: 6_500 },
      ],
    },
    {
      kind: 'void',
      yen: 300,
      businessDate: '2026-10-12',
      decidedAt: '2026-10-12T03:05:00.000Z',
      receiptNo: 'R-100002',
      originalReceiptNo: 'R-100001',
      till: 'レジ1',
      split: [{ kind: 'COMMON', yen: 300 }],
    },
  ],
})

const notice = {
  noticeId: '01941f29-7c00-7000-8000-000000000001',
  title: '年末の締めの日が変わります',
  text: '12月分は、12月28日に締めます。',
  publishedAt: '2026-11-20T03:00:00.000Z',
  readAt: null,
} as const satisfies Notices['notices'][number]

/**
 * From now on the owner's pages hear of a statement whose money came back, with its files, and of a
 * notice. Told to one device: a notice of the federation's would reach the shops of all tests.
 */
export async function tellOwner(
  context: BrowserContext,
  { shopNo }: Readonly<{ shopNo: string }>,
): Promise<void> {
  const { lines: _, ...own } = statement(shopNo)
  const tell = (path: string, body: Statements | Statement | Notices) =>
    context.route(`**/api/v1/shops/*/${path}`, (route) => route.fulfill({ json: body }))
  await tell('statements', { statements: [own] })
  await tell(`statements/${statementNo}`, statement(shopNo))
  await tell('notices', { notices: [notice] })
  for (const kind of ['pdf', 'csv'] as const)
    await context.route(`**/api/v1/shops/*/statements/${statementNo}/file.${kind}`, (route) =>
      route.fulfill({ contentType: kind === 'pdf' ? 'application/pdf' : 'text/csv', body: kind }),
    )
}
