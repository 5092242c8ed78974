import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildApp, distFolder, webApps } from '../src/front-door/built.ts'

/**
 * What the first screen may cost: its program and everything that it cannot start without.
 * A resident's phone may be old and far from a mast; a till is opened once a day.
 */
const ENTRY_BYTES_MAX = { 'resident-web': 60_000, 'shop-web': 70_000 }

const said: string[] = []

beforeAll(async () => {
  for (const app of webApps) await buildApp(app, { say: (line) => said.push(line) })
}, 240_000)

const read = (app: (typeof webApps)[number], file: string) =>
  readFile(join(distFolder(app), file), 'utf8')

/**
 * The scripts that a page loads before it shows anything, by following what each imports. The app
 * itself is sent for by the first of them.
 */
async function entryOf(app: (typeof webApps)[number]): Promise<readonly string[]> {
  const html = await read(app, 'index.html')
  const found = new Set<string>()
  const follow = async (file: string): Promise<void> => {
    if (found.has(file)) return
    found.add(file)
    const script = await read(app, file)
    const imported = [...script.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)]
    const sentFor = [...script.matchAll(/import\(`\.\/(app-[\w-]+\.js)`\)/g)]
    for (const [, name] of [...imported, ...sentFor]) await follow(`assets/${name}`)
  }
  for (const [, file = ''] of html.matchAll(/(?:src|href)="\/(assets\/[\w.-]+\.js)"/g))
    await follow(file)
  return [...found]
}

describe.each(webApps)('%s, built', (app) => {
  test('begins with no more program than its users should wait for', async () => {
    const files = await entryOf(app)
    for (const part of ['main', 'app'])
      expect(files.filter((file) => file.startsWith(`assets/${part}-`))).toHaveLength(1)
    const sizes = await Promise.all(
      files.map(async (file) => {
        const small = await readFile(join(distFolder(app), `${file}.br`)).catch(() => null)
        return (small ?? (await readFile(join(distFolder(app), file)))).byteLength
      }),
    )
    const total = sizes.reduce((sum, size) => sum + size, 0)
    expect(total).toBeGreaterThan(30_000)
    expect(total).toBeLessThanOrEqual(ENTRY_BYTES_MAX[app])
  })

  test('begins before its page is whole, with the app on its way', async () => {
    const html = await read(app, 'index.html')
    expect(html).toMatch(/<script[^>]*\basync\b[^>]*main-/)
    expect(html).toMatch(/rel="modulepreload"[^>]*assets\/app-/)
    expect(html.match(/rel="stylesheet"/g)).toHaveLength(1)
    for (const file of await entryOf(app))
      expect(await read(app, file)).not.toContain('vite:preloadError')
  })

  test('asks nobody else for anything', async () => {
    const html = await read(app, 'index.html')
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
    const styles = (await readdir(join(distFolder(app), 'assets'))).filter((it) =>
      it.endsWith('.css'),
    )
    for (const style of styles)
      expect(await read(app, `assets/${style}`)).not.toMatch(/url\(["']?(?:https?:)?\/\//)
  })

  test('is drawn by Preact, with nothing of React beside it', async () => {
    const files = await readdir(join(distFolder(app), 'assets'))
    for (const file of files.filter((it) => it.endsWith('.js')))
      expect(await read(app, `assets/${file}`)).not.toContain('react.dev/errors')
  })

  test('has no script in its page, which its policy would not run', async () => {
    const html = await read(app, 'index.html')
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/)
    expect(html).not.toMatch(/<style|\son\w+=|\sstyle=/)
  })

  test('can be installed and opened without a network', async () => {
    const manifest = JSON.parse(await read(app, 'manifest.webmanifest')) as {
      icons: readonly Readonly<{ src: string; sizes: string; purpose: string }>[]
    }
    expect(manifest).toMatchObject({ display: 'standalone', start_url: '/', lang: 'ja' })
    expect(manifest.icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual([
      '192x192 any',
      '512x512 any',
      '512x512 maskable',
    ])
    for (const { src } of manifest.icons) expect((await read(app, src)).slice(1, 4)).toBe('PNG')
    const worker = await read(app, 'sw.js')
    for (const file of await entryOf(app)) expect(worker).toContain(file)
    expect(worker).not.toContain('.wasm"')
  })

  test('is not built again while its sources are the same', async () => {
    said.length = 0
    await buildApp(app, { say: (line) => said.push(line) })
    expect(said).toEqual([])
  })
})
