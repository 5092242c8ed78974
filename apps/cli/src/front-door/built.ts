import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PlatformError } from '../command.ts'
import { projectFolder } from '../platform/data-folder.ts'

/** The web apps that have pages. */
export const webApps = ['resident-web', 'shop-web'] as const

export type WebAppName = (typeof webApps)[number]

/** What a built app is made of, besides its own folder. */
const shared = ['packages/ui', 'packages/qr/src', 'packages/domain/src', 'package-lock.json']

const STAMP = '.built'

export const distFolder = (app: WebAppName): string => join(projectFolder, 'apps', app, 'dist')

/**
 * Builds an app, when it was not built out of these very sources. Two who want the same at once
 * build it twice, and the second leaves what the first made. Throws with what the builder said.
 */
export async function buildApp(
  app: WebAppName,
  { say, signal }: Readonly<{ say: (line: string) => void; signal?: AbortSignal }>,
): Promise<void> {
  const sources = await digestOf(app)
  if ((await stampOf(app)) === sources) return
  say(`画面を組み立てています / building ${app}`)
  const home = join(projectFolder, 'apps', app)
  await removeAbandoned(home)
  const draft = `dist.${process.pid}`
  try {
    await runVite(app, { outDir: draft, ...(signal === undefined ? {} : { signal }) })
    await writeFile(join(home, draft, STAMP), sources)
    await replace(join(home, draft), distFolder(app))
  } finally {
    await rm(join(home, draft), { recursive: true, force: true })
  }
}

const stampOf = (app: WebAppName): Promise<string | null> =>
  readFile(join(distFolder(app), STAMP), 'utf8').catch(() => null)

/** What a builder left that was killed. */
async function removeAbandoned(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const [, pid] = /^dist\.(\d+)/.exec(name) ?? []
    if (pid !== undefined && !isRunning(Number(pid)))
      await rm(join(home, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function replace(draft: string, place: string): Promise<void> {
  const old = `${draft}.old`
  await rename(place, old).catch(() => {})
  await rename(draft, place).catch(() => {})
  await rm(old, { recursive: true, force: true })
}

async function digestOf(app: WebAppName): Promise<string> {
  const hash = createHash('sha256')
  for (const part of [`apps/${app}`, ...shared])
    for (const file of await filesOf(part)) {
      hash.update(`${file}\n`)
      hash.update(await readFile(join(projectFolder, file)))
    }
  return hash.digest('hex')
}

const isSource = (path: string): boolean =>
  !/(^|\/)(node_modules|dist[^/]*|tests)\/|\.test\.ts$/.test(path)

async function filesOf(part: string): Promise<readonly string[]> {
  const place = join(projectFolder, part)
  if ((await stat(place)).isFile()) return [part]
  const entries = await readdir(place, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(projectFolder.length))
    .filter(isSource)
    .toSorted()
}

const vite = join(projectFolder, 'node_modules/vite/bin/vite.js')

function runVite(
  app: WebAppName,
  { outDir, signal }: Readonly<{ outDir: string; signal?: AbortSignal }>,
): Promise<void> {
  const builder = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(projectFolder, 'apps', app),
    env: { ...process.env, MINNAKEN_DIST: outDir, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal === undefined ? {} : { signal }),
  })
  let said = ''
  builder.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  builder.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  return new Promise((resolve, reject) => {
    builder.once('error', reject)
    builder.once('close', (code) => {
      if (code === 0) resolve()
      else
        reject(
          new PlatformError(
            `${app} を組み立てられません / could not be built (exit ${code})\n${said}`,
          ),
        )
    })
  })
}

/** Serves an app from its sources, with hot reload; for whoever works on it. */
export const serveSources = (
  app: WebAppName,
  { port, api }: Readonly<{ port: number; api: string }>,
): ChildProcess =>
  spawn(process.execPath, [vite, '--port', String(port), '--logLevel', 'warn'], {
    cwd: join(projectFolder, 'apps', app),
    env: { ...process.env, MINNAKEN_DEV_API: api },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
