import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Shop } from './_people.ts'
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
