import type { statementReply } from '@minnaken/settlement/contract'
import type { Page } from 'playwright-core'

type Statement = (typeof statementReply)['_zod']['output']

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

/** From now on the owner's pages hear of a statement whose money came back. */
export async function tellStatement(page: Page, shopNo: string): Promise<void> {
  const { lines: _, ...own } = statement(shopNo)
  const tell = (path: string, body: unknown) =>
    page.route(`**/api/v1/shops/*/statements${path}`, (route) => route.fulfill({ json: body }))
  await tell('', { statements: [own] })
  await tell(`/${statementNo}`, statement(shopNo))
}
