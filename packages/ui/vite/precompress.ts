import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const compressible = /\.(js|css|html|json|svg|wasm|webmanifest|txt)$/

/** Files smaller than this arrive in one packet anyway. */
const BYTES_MIN = 500

/** Writes `.br` and `.gz` beside each built file, so that no visitor waits for a compressor. */
export function precompress(): Plugin {
  let folder = ''
  return {
    name: 'minnaken-precompress',
    apply: 'build',
    enforce: 'post',
    configResolved: (config) => {
      folder = resolve(config.root, config.build.outDir)
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler: async () => {
        const files = await readdir(folder, { recursive: true })
        for (const file of files.filter((name) => compressible.test(name)))
          await compressed(join(folder, file))
      },
    },
  }
}

async function compressed(file: string): Promise<void> {
  const bytes = await readFile(file)
  if (bytes.byteLength < BYTES_MIN) return
  await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes, brotliOptions))
  await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }))
}

const brotliOptions = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGBLOCK]: 20 },
}
