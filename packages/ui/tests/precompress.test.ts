import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { precompress } from '../vite/precompress.ts'

let root = ''
let elsewhere = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'minnaken-page-'))
  elsewhere = await mkdtemp(join(tmpdir(), 'minnaken-dist-'))
  await writeFile(join(root, 'index.html'), `<!doctype html><p>${'みんな券'.repeat(200)}</p>`)
})
afterAll(async () => {
  for (const folder of [root, elsewhere]) await rm(folder, { recursive: true })
})

test.each([
  ['beside the sources', () => 'built'],
  ['in a folder of its own', () => elsewhere],
])('an app that is built %s is compressed there', async (_, outDirOf) => {
  const outDir = outDirOf()
  const folder = resolve(root, outDir)
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [precompress()],
    build: { outDir, emptyOutDir: true },
  })
  const page = await readFile(join(folder, 'index.html'))
  expect((await readdir(folder)).toSorted()).toEqual([
    'index.html',
    'index.html.br',
    'index.html.gz',
  ])
  expect(brotliDecompressSync(await readFile(join(folder, 'index.html.br')))).toEqual(page)
  expect(gunzipSync(await readFile(join(folder, 'index.html.gz')))).toEqual(page)
})
