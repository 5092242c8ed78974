import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Locator } from 'playwright-core'
import { type Shop, openReader } from './_people.ts'
import type { Phone } from './_phone.ts'
import type { Programs } from './_programs.ts'
import { stage } from './_stage.ts'

const run = promisify(execFile)

/** The first page of a printed PDF, as a picture of it. */
async function pictureOfPdf(
  { pdftoppm }: Pick<Programs, 'pdftoppm'>,
  pdf: Uint8Array,
): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'minnaken-print-'))
  const file = join(folder, 'printed.pdf')
  await writeFile(file, pdf)
  await run(pdftoppm, ['-png', '-r', '100', '-singlefile', file, join(folder, 'printed')])
  const png = await readFile(join(folder, 'printed.png'))
  await rm(folder, { recursive: true })
  return png
}

/** The poster of a shop's code as its owner prints it, as a picture of the paper. */
export async function printedCode(programs: Programs, { shopId }: Shop): Promise<Uint8Array> {
  const { status, base64 } = await stage('asOwner', {
    shopId,
    method: 'GET',
    service: 'settlement',
    path: `/v1/shops/${shopId}/shop-code.pdf?size=a4`,
  })
  if (status !== 200) throw new Error(`${status} ${base64}`)
  return pictureOfPdf(programs, Buffer.from(base64, 'base64'))
}

/**
 * Reads the code that a shop printed with a payer's camera, and types an amount. Leaves them before
 * the split, and tells which button pays.
 */
export async function readPrinted(
  payer: Phone,
  { programs, shop, yen }: Readonly<{ programs: Programs; shop: Shop; yen: number }>,
): Promise<Locator> {
  const { page, camera } = payer
  await openReader(payer)
  await camera.sees(await printedCode(programs, shop))
  await page.getByText(shop.name).waitFor()
  await page.getByLabel('払う金額').fill(String(yen))
  await page.getByRole('button', { name: '内訳を確かめる' }).click()
  return page.getByRole('button', { name: `${yen.toLocaleString('ja')}円を払う` })
}
