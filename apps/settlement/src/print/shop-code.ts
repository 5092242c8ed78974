import { drawShopCode, shopCodeOf, shopCodeText } from '@minnaken/qr'
import { A4, type Page, drawPdf, mm } from './document.ts'

export type PrintedSize = 'a4' | 'sticker'

/** Larger than a sticker's face must be; smaller than what a phone reads at arm's length. */
const STICKER = [mm(90), mm(120)] as const

type Sheet = Readonly<{
  size: readonly [number, number]
  title: number
  name: number
  code: number
  digits: number
  hint: number
  gap: number
}>

const sheets: Readonly<Record<PrintedSize, Sheet>> = {
  a4: { size: A4, title: 40, name: 34, code: mm(120), digits: 26, hint: 18, gap: mm(10) },
  sticker: { size: STICKER, title: 16, name: 13, code: mm(60), digits: 11, hint: 8, gap: mm(3) },
}

/**
 * A shop's code to put up: for the wall (A4) or the counter (a sticker).
 *
 * The squares are drawn, not a picture, so a printer of any fineness prints them sharp. The number
 * under them can be typed where a camera does not work.
 */
export function shopCodePdf(
  shop: Readonly<{ shopNo: string; name: string }>,
  { origin, size, at }: Readonly<{ origin: string; size: PrintedSize; at: number }>,
): Promise<Uint8Array> {
  const sheet = sheets[size]
  return drawPdf({ title: `みんな券 ${shop.name}`, size: sheet.size, at }, (page) => {
    const [width] = sheet.size
    const margin = width * 0.08
    const line = (text: string, y: number, points: number, font = 'bold'): number => {
      page.font(font).fontSize(points).fillColor('black')
      const lineGap = points * 0.3
      page.text(text, margin, y, { width: width - 2 * margin, align: 'center', lineGap })
      return page.y + sheet.gap
    }
    let y = line('みんな券 使えます', margin, sheet.title)
    // A long name in smaller letters, so that everything stays on one sheet.
    y = line(shop.name, y, sheet.name * Math.min(1, 24 / shop.name.length))
    drawSquares(page, shopCodeText({ origin, shopNo: shop.shopNo }), {
      x: (width - sheet.code) / 2,
      y,
      side: sheet.code,
    })
    y += sheet.code + sheet.gap
    const digits = shopCodeOf(shop.shopNo)
    y = line(`店の番号 ${digits.slice(0, 3)} ${digits.slice(3)}`, y, sheet.digits)
    line(
      'スマホの「払う」→「読み取る」で読み取ってください。\n' +
        '払う前に、画面に出る店の名前を確かめてください。',
      y,
      sheet.hint,
      'regular',
    )
  })
}

function drawSquares(
  page: Page,
  text: string,
  { x, y, side }: Readonly<{ x: number; y: number; side: number }>,
): void {
  const { size, path } = drawShopCode(text)
  page.save()
  page.rect(x, y, side, side).fill('white')
  page.translate(x, y).scale(side / size)
  page.path(path).fill('black')
  page.restore()
}
