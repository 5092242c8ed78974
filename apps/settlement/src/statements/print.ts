import { stringify } from 'csv-stringify/sync'
import { A4, type Page, drawPdf, mm } from '../print/document.ts'
import type { WholeStatement } from './show.ts'

const kinds = { redemption: '利用', void: '取消', correction: '訂正' } as const

type Line = WholeStatement['lines'][number]

/** What a line adds to the statement: a void takes away. */
const signedYen = ({ kind, yen }: Line): number => (kind === 'redemption' ? yen : 0 - yen)

const momentInJapan = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'short',
  timeStyle: 'medium',
})

const momentOf = (text: string): string => momentInJapan.format(new Date(text))

/** Every line for the shop's own books; the column of amounts adds up to what was earned. */
export function statementCsv(statement: WholeStatement): string {
  const codes = [...new Set(statement.lines.flatMap(({ split }) => split.map(({ kind }) => kind)))]
  const rows = statement.lines.map((line) => [
    statement.statementNo,
    line.businessDate,
    momentOf(line.decidedAt),
    kinds[line.kind],
    line.receiptNo,
    line.originalReceiptNo ?? '',
    line.till ?? '',
    signedYen(line),
    ...codes.map((code) => line.split.find(({ kind }) => kind === code)?.yen ?? 0),
  ])
  const head = ['通知書番号', '取引日', '日時', '種類', '受付番号', '元の受付番号', '担当', '金額']
  return stringify([[...head, ...codes], ...rows], {
    bom: true,
    record_delimiter: '\r\n',
    // A till may be called like a formula; an amount below zero is a number and stays one.
    cast: { string: (value) => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value) },
  })
}

const yenText = (yen: number): string => `${yen.toLocaleString('ja-JP')}円`

const MARGIN = mm(18)
const ROW = 15
const LINE_POINTS = 7.5

/** The statement as it is kept on paper: who pays whom, the sums, and every line. */
export function statementPdf(
  statement: WholeStatement,
  federation: Readonly<{ name: string; address: string; registrationNo: string }>,
): Promise<Uint8Array> {
  const title = `支払通知書 ${statement.statementNo}`
  const at = Date.parse(`${statement.run.payDate}T00:00:00+09:00`)
  return drawPdf({ title, size: A4, at }, (page) => {
    const { run } = statement
    page.font('bold').fontSize(20).text('支払通知書', MARGIN, MARGIN)
    page.font('regular').fontSize(10).lineGap(4)
    page.text(`番号 ${statement.statementNo}`, MARGIN, MARGIN + 30)
    page.text(`${statement.shopName} 御中(店舗番号 ${statement.shopNo})`)
    page.text(`対象期間 ${run.periodStart} から ${run.periodEnd} まで　支払日 ${run.payDate}`)
    page.text(`振込先 ${statement.account ?? 'なし'}`)
    page.moveDown()
    page.text(`${federation.name}　${federation.address}　登録番号 ${federation.registrationNo}`)
    page.moveDown()
    const sums: readonly (readonly [string, number])[] = [
      [`利用 ${statement.redemptions}件`, statement.redemptionsYen],
      [`取消 ${statement.voids}件`, 0 - statement.voidsYen],
      [`訂正 ${statement.corrections}件`, 0 - statement.correctionsYen],
      ['前回からの繰越', statement.carriedInYen],
      ['組戻し分', statement.returnedYen],
      ['手数料', 0 - statement.feeYen],
      ['次回への繰越', 0 - statement.carriedOutYen],
    ]
    for (const [name, yen] of sums) sumLine(page, name, yen)
    page.font('bold').fontSize(13)
    sumLine(page, statement.held ? 'お支払額(保留中)' : 'お支払額', statement.paidYen)
    page.font('regular').fontSize(LINE_POINTS).lineGap(0)
    drawLines(page, statement.lines, page.y + ROW)
  })
}

function sumLine(page: Page, name: string, yen: number): void {
  const { y } = page
  page.text(name, MARGIN, y, { width: mm(60) })
  page.text(yenText(yen), MARGIN + mm(60), y, { width: mm(45), align: 'right' })
  page.x = MARGIN
}

const columns = [
  { head: '日時', width: mm(34) },
  { head: '種類', width: mm(12) },
  { head: '受付番号', width: mm(80) },
  { head: '担当', width: mm(27) },
  { head: '金額', width: mm(21) },
] as const

function drawLines(page: Page, lines: readonly Line[], from: number): void {
  let y = row(
    page,
    columns.map(({ head }) => head),
    from,
  )
  for (const line of lines) {
    if (y > A4[1] - MARGIN - ROW) {
      page.addPage()
      page.font('regular').fontSize(LINE_POINTS)
      y = row(
        page,
        columns.map(({ head }) => head),
        MARGIN,
      )
    }
    const amount = yenText(signedYen(line))
    y = row(
      page,
      [momentOf(line.decidedAt), kinds[line.kind], line.receiptNo, line.till ?? '', amount],
      y,
    )
  }
}

function row(page: Page, cells: readonly string[], y: number): number {
  let x = MARGIN
  columns.forEach(({ width }, place) => {
    const text = shortened(cells[place] ?? '')
    const isAmount = place === columns.length - 1
    const indent = isAmount ? width - page.widthOfString(text) : 0
    page.text(text, x + indent, y, { lineBreak: false })
    x += width
  })
  page
    .moveTo(MARGIN, y + ROW - 4)
    .lineTo(x, y + ROW - 4)
    .lineWidth(0.3)
    .stroke('#888888')
  return y + ROW
}

/** A till's name may be longer than its column; a receipt's number is as long as its own. */
const shortened = (text: string): string => {
  const isName = /[^\x20-\x7e]/.test(text)
  return isName && text.length > 12 ? `${text.slice(0, 11)}…` : text
}
