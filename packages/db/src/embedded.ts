import { randomBytes } from 'node:crypto'
import { mkdir, readdir, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Binaries, findBinaries } from './embedded/binaries.ts'
import {
  makeFolder,
  pathsIn,
  readIfPresent,
  readOrWritePrivately,
  writePrivately,
} from './embedded/data-folder.ts'
import { assertReachable, chooseUser, type RunAs } from './embedded/run-as.ts'
import { freePort, runningServer, runProgram } from './embedded/server.ts'
import { accessFile, configurationFile, type ServerSettings } from './embedded/settings.ts'
import { isCatalogRace, isConnectionLost } from './errors.ts'
import { withSingleClient } from './single-client.ts'

export type { ServerSettings } from './embedded/settings.ts'

export type EmbeddedServer = Readonly<{
  /** The owner's address of the database `minnaken`; the password is in it. */
  url: string
  /** Whether the server was running already, left by an earlier process or shared with another. */
  attached: boolean
  /** Stops the server for everyone who uses it, after its running statements are cut off. */
  stop: () => Promise<void>
}>

type Installation = Readonly<{ folder: string; user: RunAs; binaries: Binaries }>

const DATABASE = 'minnaken'
const OWNER = 'minnaken'
const STARTING_MS = 120_000
const STOPPING_MS = 60_000

/**
 * Starts PostgreSQL 18 on a folder of its own, or attaches to the one that runs there.
 *
 * The first start makes the data folder; a later one finds the data again, also after a crash.
 * Several processes may start the same folder at once: all get the same server. It listens on
 * 127.0.0.1 only, wants a password, and outlives this process unless it is stopped.
 *
 * `settings` count when the server is started, not when it is found running.
 * Throws, saying what to do, when the server's user cannot reach the folder.
 */
export async function startEmbedded(options: {
  folder: string
  settings?: ServerSettings
}): Promise<EmbeddedServer> {
  const binaries = await findBinaries()
  const wished = resolve(options.folder)
  await mkdir(dirname(wished), { recursive: true })
  const user = await chooseUser(wished)
  await makeFolder(wished, user)
  const installation = { folder: await realpath(wished), user, binaries }
  const { folder } = installation
  await assertReachable(user, { program: binaries.postgres, folder })

  const password = await makeData(installation)
  const giveUpAt = Date.now() + STARTING_MS
  for (;;) {
    const { port, attached } = await startServer(installation, options.settings ?? {})
    const url = `postgres://${OWNER}:${password}@127.0.0.1:${port}/`
    try {
      await makeDatabase(`${url}postgres`)
      return { url: `${url}${DATABASE}`, attached, stop: () => stopServer(installation) }
    } catch (error) {
      // The server that was found running may have been on its way out.
      if (!isConnectionLost(error) || Date.now() > giveUpAt) throw error
      await wait(200)
    }
  }
}

/**
 * Makes the data folder if there is none, and answers with the owner's password.
 *
 * It is made under another name and then renamed, so that a crash never leaves half a data
 * folder behind, and of two processes one wins.
 */
async function makeData({ folder, user, binaries }: Installation): Promise<string> {
  const paths = pathsIn(folder)
  const secret = randomBytes(24).toString('base64url')
  const password = await readOrWritePrivately(paths.password, secret, user)
  if (await exists(join(paths.data, 'PG_VERSION'))) return password

  await removeHalfMade(folder)
  const draft = `${paths.data}.${randomBytes(6).toString('hex')}`
  const args = [
    `--pgdata=${draft}`,
    `--username=${OWNER}`,
    `--pwfile=${paths.password}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    '--no-instructions',
  ]
  await runProgram(binaries.initdb, args, { user, cwd: folder })
  try {
    await rename(draft, paths.data)
  } catch (error) {
    if (!(await exists(join(paths.data, 'PG_VERSION')))) throw error
    await rm(draft, { recursive: true, force: true })
  }
  return password
}

async function removeHalfMade(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('data.')) continue
    const path = join(folder, name)
    const made = await stat(path).catch(() => undefined)
    if (made !== undefined && Date.now() - made.mtimeMs > 10 * 60_000)
      await rm(path, { recursive: true, force: true })
  }
}

async function startServer(
  installation: Installation,
  settings: ServerSettings,
): Promise<{ port: number; attached: boolean }> {
  const { folder, user, binaries } = installation
  const paths = pathsIn(folder)
  const giveUpAt = Date.now() + STARTING_MS
  for (;;) {
    const server = await runningServer(paths.data)
    if (server?.ready === true) return { port: server.port, attached: true }
    if (server === undefined) {
      const port = await freePort(Number(await readIfPresent(paths.port)) || undefined)
      await writePrivately(join(paths.data, 'postgresql.conf'), configurationFile(settings), user)
      await writePrivately(join(paths.data, 'pg_hba.conf'), accessFile, user)
      const args = [
        'start',
        '-D',
        paths.data,
        '-l',
        paths.log,
        '-o',
        `-p ${port}`,
        '-w',
        '-t',
        '60',
      ]
      const failure = await runProgram(binaries.pgCtl, args, { user, cwd: folder }).then(
        () => undefined,
        (error: unknown) => error,
      )
      if (failure === undefined) {
        await writePrivately(paths.port, String(port), user)
        return { port, attached: false }
      }
      // Another process may have started it first, taken the port, or an old server's last
      // processes may still be leaving: look again, for as long as a recovery may take.
      if (Date.now() > giveUpAt)
        throw new Error(`PostgreSQL does not start; see ${paths.log}`, { cause: failure })
    }
    if (Date.now() > giveUpAt) throw new Error(`PostgreSQL does not get ready; see ${paths.log}`)
    await wait(200)
  }
}

async function makeDatabase(url: string): Promise<void> {
  await withSingleClient({ url, applicationName: 'minnaken-launcher' }, async (client) => {
    const found = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (found.rowCount === 1) return
    await client.query(`create database ${DATABASE}`).catch((error: unknown) => {
      if (!isCatalogRace(error)) throw error
    })
  })
}

/** Stops the server of a folder, if one runs there. */
export async function stopEmbedded(folder: string): Promise<void> {
  const real = await realpath(folder).catch(() => undefined)
  if (real === undefined || (await runningServer(pathsIn(real).data)) === undefined) return
  const [binaries, user] = await Promise.all([findBinaries(), chooseUser(real)])
  await stopServer({ folder: real, user, binaries })
}

async function stopServer({ folder, user, binaries }: Installation): Promise<void> {
  const { data, log } = pathsIn(folder)
  const old = await runningServer(data)
  if (old === undefined) return
  try {
    const args = ['stop', '-D', data, '-m', 'fast', '-W']
    await runProgram(binaries.pgCtl, args, { user, cwd: folder })
  } catch (error) {
    if ((await runningServer(data))?.pid === old.pid) throw error
  }
  // Not `pg_ctl stop -w`: it would wait for the server of one who starts it anew meanwhile.
  const giveUpAt = Date.now() + STOPPING_MS
  while ((await runningServer(data))?.pid === old.pid) {
    if (Date.now() > giveUpAt) throw new Error(`PostgreSQL does not stop; see ${log}`)
    await wait(20)
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
