import { spawn } from 'node:child_process'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../src/connect.ts'
import { startEmbedded, stopEmbedded } from '../src/embedded.ts'
import { runningServer } from '../src/embedded/server.ts'
import { makePlace, type Place, startFromProcess } from './server-folder.ts'

const isRoot = process.getuid?.() === 0
const isLinux = process.platform === 'linux'
const NOBODY = 65_534
const plain = `普通 'plain'`

let place: Place
beforeAll(async () => {
  place = await makePlace()
})
afterAll(() => place.remove())

const ask = async <T>(url: string, query: string): Promise<T[]> => {
  const { db, close } = connect({ url, applicationName: 'test', connectionsMax: 1 })
  try {
    return (await sql.raw<T>(query).execute(db)).rows
  } finally {
    await close()
  }
}

const postmasterOf = async (folder: string): Promise<number> => {
  const server = await runningServer(join(folder, 'data'))
  if (server === undefined) throw new Error('no server runs')
  return server.pid
}

const startAfter = async (ms: number, folder: string): ReturnType<typeof startEmbedded> => {
  await wait(ms)
  return startEmbedded({ folder })
}

describe('a server of its own', () => {
  test('listens on the loopback only, wants a password and is set to lose nothing', async () => {
    const { url, attached } = await startEmbedded({ folder: place.folder(plain) })
    expect(attached).toBe(false)
    const settings = await ask<{ name: string; setting: string }>(
      url,
      `select name, setting from pg_settings where name in ('listen_addresses',
        'unix_socket_directories', 'password_encryption', 'fsync', 'synchronous_commit',
        'full_page_writes', 'data_checksums', 'ssl') order by name`,
    )
    expect(Object.fromEntries(settings.map(({ name, setting }) => [name, setting]))).toEqual({
      data_checksums: 'on',
      fsync: 'on',
      full_page_writes: 'on',
      listen_addresses: '127.0.0.1',
      password_encryption: 'scram-sha-256',
      ssl: 'off',
      synchronous_commit: 'on',
      unix_socket_directories: '',
    })
    expect(
      await ask(
        url,
        `select datlocprovider, datlocale from pg_database where datname = 'minnaken'`,
      ),
    ).toEqual([{ datlocprovider: 'b', datlocale: 'C.UTF-8' }])

    const wrong = new URL(url)
    wrong.password = 'wrong'
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/)
  })

  test('sorts by code point, the same on every machine', async () => {
    const { url } = await startEmbedded({ folder: place.folder(plain) })
    const rows = await ask<{ x: string }>(
      url,
      `select x from unnest(array['い', 'a', 'Ｂ', 'あ', 'B', 'ア']) x order by x`,
    )
    expect(rows.map(({ x }) => x).join('')).toBe('BaあいアＢ')
  })

  test('keeps its password in a file that only its user reads', async () => {
    const folder = place.folder(plain)
    const { url } = await startEmbedded({ folder })
    const password = new URL(url).password
    expect(password.length).toBeGreaterThanOrEqual(32)
    expect(await readFile(join(folder, 'password'), 'utf8')).toBe(password)
    const names = ['data', 'password', 'port', 'server.log']
    expect((await readdir(folder)).toSorted()).toEqual(names)
    const modes = await Promise.all(names.map((name) => stat(join(folder, name))))
    expect(modes.map(({ mode }) => mode & 0o077)).toEqual([0, 0, 0, 0])
  })

  test.runIf(isLinux)('has no password on its command line', async () => {
    const folder = place.folder(plain)
    const { url } = await startEmbedded({ folder })
    const commandLine = await readFile(`/proc/${await postmasterOf(folder)}/cmdline`, 'utf8')
    expect(commandLine).toContain('postgres')
    expect(commandLine).not.toContain(new URL(url).password)
  })

  test('takes the settings that are asked for', async () => {
    const folder = place.folder(plain)
    await stopEmbedded(folder)
    const { url } = await startEmbedded({ folder, settings: { max_connections: 23 } })
    expect(await ask(url, 'show max_connections')).toEqual([{ max_connections: '23' }])
  })

  test('keeps its port and its data when it is stopped and started', async () => {
    const folder = place.folder(plain)
    const first = await startEmbedded({ folder })
    await ask(first.url, 'create table kept as select 7 as x')
    await first.stop()
    await first.stop()
    await expect(ask(first.url, 'select 1')).rejects.toThrow(/ECONNREFUSED/)
    const second = await startEmbedded({ folder })
    expect(second).toMatchObject({ url: first.url, attached: false })
    expect(await ask(second.url, 'select x from kept')).toEqual([{ x: 7 }])
  })
})

describe('several at once, and crashes', () => {
  test('who starts it while it is being stopped gets a new one', async () => {
    const folder = place.folder(plain)
    const { stop } = await startEmbedded({ folder })
    const [again] = await Promise.all([startAfter(20, folder), stop()])
    expect(await ask(again.url, 'select 1 as x')).toEqual([{ x: 1 }])
  })

  test('four starters of an empty folder get one server', async () => {
    const folder = place.folder('together')
    const answers = await Promise.all(Array.from({ length: 4 }, () => startFromProcess(folder)))
    expect(new Set(answers.map(({ url, error }) => url + error)).size).toBe(1)
    expect(answers.filter(({ attached }) => !attached)).toHaveLength(1)
    expect(await ask(answers[0]?.url ?? '', 'select 1 as x')).toEqual([{ x: 1 }])
    expect((await readdir(folder)).filter((name) => name.startsWith('data'))).toEqual(['data'])
  })

  test('a server outlives the process that started it, and the next one attaches', async () => {
    const folder = place.folder('together')
    await stopEmbedded(folder)
    const started = await startFromProcess(folder)
    expect(started).toMatchObject({ error: '', attached: false })
    await ask(started.url, 'create table kept as select 7 as x')
    const pid = await postmasterOf(folder)
    const found = await startEmbedded({ folder })
    expect(found).toMatchObject({ url: started.url, attached: true })
    expect(await postmasterOf(folder)).toBe(pid)
    expect(await ask(found.url, 'select x from kept')).toEqual([{ x: 7 }])
  })

  test('after kill -9 in the middle of inserts every acknowledged row is found again', async () => {
    const folder = place.folder('killed')
    const { url } = await startEmbedded({ folder })
    const { db, close } = connect({ url, applicationName: 'test', connectionsMax: 4 })
    await sql`create table acknowledged (n int primary key)`.execute(db)
    const acknowledged: number[] = []
    const insert = async (from: number): Promise<void> => {
      for (let n = from; ; n += 4) {
        await sql`insert into acknowledged values (${n})`.execute(db)
        acknowledged.push(n)
      }
    }
    const inserting = Promise.allSettled([0, 1, 2, 3].map(insert))
    while (acknowledged.length < 500) await wait(5)
    process.kill(await postmasterOf(folder), 'SIGKILL')
    await inserting
    await close()

    const again = await startEmbedded({ folder })
    expect(again.attached).toBe(false)
    const rows = await ask<{ n: number }>(again.url, 'select n from acknowledged')
    const found = new Set(rows.map(({ n }) => n))
    expect(acknowledged.length).toBeGreaterThanOrEqual(500)
    expect(acknowledged.filter((n) => !found.has(n))).toEqual([])
  })

  test.runIf(isLinux)(
    'a leftover process number that another process has by now does not stop a start',
    async () => {
      const folder = place.folder(plain)
      const { stop, url } = await startEmbedded({ folder })
      const file = join(folder, 'data', 'postmaster.pid')
      const text = await readFile(file, 'utf8')
      await stop()
      const { uid, gid } = await stat(join(folder, 'data'))
      const other = spawn('sleep', ['60'], { ...(isRoot ? { uid, gid } : {}), cwd: '/' })
      try {
        await writeFile(file, text.replace(/^\d+/, String(other.pid)))
        expect(await startEmbedded({ folder })).toMatchObject({ url, attached: false })
      } finally {
        other.kill()
      }
    },
  )
})

describe('whom it runs as', () => {
  test.runIf(isRoot && isLinux)(
    'root hands the server to another user, who owns its data',
    async () => {
      const folder = place.folder(plain)
      await startEmbedded({ folder })
      const { uid } = await stat(join(folder, 'data'))
      expect(uid).not.toBe(0)
      await expect(stat(`/proc/${await postmasterOf(folder)}`)).resolves.toMatchObject({ uid })
    },
  )

  test.runIf(isRoot)('an ordinary user starts it as himself, and root after him too', async () => {
    const own = await makePlace({ uid: NOBODY })
    const folder = own.folder('ordinary')
    try {
      const started = await startFromProcess(folder, NOBODY)
      expect(started).toMatchObject({ error: '', attached: false })
      expect((await stat(join(folder, 'data'))).uid).toBe(NOBODY)
      const byRoot = await startEmbedded({ folder })
      expect(byRoot).toMatchObject({ url: started.url, attached: true })
      await byRoot.stop()
      expect(await startEmbedded({ folder })).toMatchObject({ url: started.url, attached: false })
      expect((await stat(join(folder, 'data'))).uid).toBe(NOBODY)
    } finally {
      await own.remove()
    }
  })

  test.runIf(isRoot)('a folder behind a shut door is named, with what to do', async () => {
    const shut = await makePlace({ mode: 0o700 })
    try {
      const folder = shut.folder('inside')
      await expect(startEmbedded({ folder })).rejects.toThrow(
        new RegExp(`not let into .*minnaken-\\w+\\. Move .*chmod o\\+x .*DATABASE_URL`),
      )
    } finally {
      await shut.remove()
    }
  })

  test.runIf(isRoot)('data of another user are refused in words', async () => {
    const folder = place.folder(plain)
    await startEmbedded({ folder })
    const { error } = await startFromProcess(folder, NOBODY)
    expect(error).toMatch(/cannot be read: run as the user who made it/)
  })
})
