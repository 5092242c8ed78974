import { fileURLToPath } from 'node:url'
import Pdf from 'pdfkit'

const REGULAR = fileURLToPath(
  import.meta.resolve('@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf'),
)
const BOLD = fileURLToPath(
  import.meta.resolve('@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf'),
)

export type Page = PDFKit.PDFDocument

/**
 * Draws a PDF with its own Japanese letters, so that it looks the same on every machine.
 *
 * The same contents give the same bytes: `at` is the only date in it.
 */
export async function drawPdf(
  of: Readonly<{ title: string; size: readonly [number, number]; at: number }>,
  draw: (page: Page) => void,
): Promise<Uint8Array> {
  const date = new Date(of.at)
  const page = new Pdf({
    size: [...of.size],
    margin: 0,
    lang: 'ja',
    displayTitle: true,
    info: { Title: of.title, Producer: 'Minnaken', CreationDate: date, ModDate: date },
  })
  page.registerFont('regular', REGULAR)
  page.registerFont('bold', BOLD)
  const chunks: Buffer[] = []
  page.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((end, fail) => {
    page.once('end', end)
    page.once('error', fail)
  })
  draw(page)
  page.end()
  await ended
  return Buffer.concat(chunks)
}

/** A4 upright, in points. */
export const A4 = [595.28, 841.89] as const

/** Millimetres in points. */
export const mm = (length: number): number => (length * 72) / 25.4
