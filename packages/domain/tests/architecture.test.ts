import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Which of our packages each may import. Arrows point towards `domain`. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  qr: ['domain'],
  zengin: ['domain'],
  http: ['domain'],
  db: ['domain'],
  auth: ['domain', 'db'],
  ledger: ['domain', 'db'],
  purchase: ['domain', 'qr', 'zengin', 'http', 'db', 'auth', 'ledger'],
  redemption: ['domain', 'qr', 'zengin', 'http', 'db', 'auth', 'ledger'],
  settlement: ['domain', 'qr', 'zengin', 'http', 'db', 'auth', 'ledger'],
  ui: ['domain', 'qr'],
  'resident-web': ['domain', 'qr', 'ui'],
  'shop-web': ['domain', 'qr', 'ui'],
  cli: 'domain qr zengin http db auth ledger purchase redemption settlement'.split(' '),
}

const services = ['purchase', 'redemption', 'settlement']
const webApps = ['resident-web', 'shop-web']

/** Who may use the libraries that a line is drawn around. */
const libraryOf: Readonly<Record<string, readonly string[]>> = {
  pg: ['db'],
  kysely: ['db', 'ledger', 'auth', ...services],
  jose: ['auth', 'qr'],
  '@simplewebauthn/server': ['auth'],
  hono: ['http', 'cli', ...services],
  '@hono/node-server': ['http', 'cli'],
  react: ['ui', ...webApps],
  '@simplewebauthn/browser': ['ui'],
  'zxing-wasm': ['ui'],
  uqr: ['ui'],
  'prom-client': ['http'],
  qrcode: ['qr'],
  'zengin-code': ['zengin'],
  '@holiday-jp/holiday_jp': ['zengin'],
}

/** Where chance is made; everywhere else it is handed in. A command of the CLI is a main.ts too. */
const rollsDice = [
  /^apps\/(purchase|redemption|settlement)\/src\/main\.ts$/,
  /^apps\/cli\/src\//,
  // The name of a request, and how long a caller is told to wait.
  /^packages\/http\/src\/(request|serve|problems)\.ts$/,
  // The nonce of a code, and the name of a wish.
  /^packages\/ui\/src\/chance\.ts$/,
  // A password, a port and the name of a draft, for a server of our own.
  /^packages\/db\/src\/embedded(\/data-folder|\/server)?\.ts$/,
  /^packages\/auth\/src\/software-authenticator\.ts$/,
]

type Source = Readonly<{ path: string; home: string; isTest: boolean; text: string }>

const sources: readonly Source[] = ['packages', 'apps'].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/node_modules|\/dist\//.test(path))
    .map((path) => ({
      path: join(top, path),
      home: path.split('/')[0] ?? '',
      isTest: /\.test\.ts$|\/tests\/|\/testing(-setup)?\.ts$/.test(path),
      text: readFileSync(join(root, top, path), 'utf8'),
    })),
)

const shipped = sources.filter(({ isTest, path }) => !isTest && path.includes('/src/'))

const importsOf = ({ text }: Source): string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '')

const packageOf = (path: string): string => path.split('/').slice(0, 2).join('/')

const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')

/** What stands between quotes, without what is put into a template. */
const stringsIn = (text: string): readonly string[] =>
  (withoutComments(text).match(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`[^`]*`/g) ?? []).map(
    (quoted) => quoted.slice(1, -1).replaceAll(/\$\{[^}]*\}/g, ''),
  )

const diceOfNode = 'random(?:Bytes|UUID(?:v7)?|Int|Fill(?:Sync)?)|getRandomValues'
const dice = new RegExp(
  `\\bMath\\.random\\b|\\bcrypto\\.(?:${diceOfNode})\\b|\\bgetRandomValues\\(` +
    `|import[^;']*\\b(?:${diceOfNode})\\b[^;']*from '(?:node:)?crypto'` +
    `|import (?:\\* as )?\\w+ from '(?:node:)?crypto'`,
)

/** Whether a file makes chance itself. Calling a `randomBytes` that was handed in is no offence. */
const isRollingDice = ({ text }: Pick<Source, 'text'>): boolean => dice.test(withoutComments(text))

const clockFunctions = 'now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday'
const sqlClock = new RegExp(
  `\\b(?:${clockFunctions})\\s*\\(\\s*\\)|'now'` +
    `|\\b(?:current_(?:date|time|timestamp)|localtime(?:stamp)?)\\b`,
  'i',
)
const sqlClockByName = new RegExp(`\\bfn(?:<[^>]*>)?\\(\\s*'(?:${clockFunctions})'`)

/** Whether a file asks PostgreSQL for the time, in SQL between quotes of any kind or by name. */
const isAskingSqlClock = ({ text }: Pick<Source, 'text'>): boolean =>
  sqlClockByName.test(withoutComments(text)) || stringsIn(text).some((it) => sqlClock.test(it))

const offenders = (
  among: readonly Source[],
  offence: (source: Source) => readonly string[],
): string[] => among.flatMap((source) => offence(source).map((what) => `${source.path}: ${what}`))

describe('the architecture', () => {
  test('knows every package', () => {
    expect(new Set(sources.map(({ home }) => home))).toEqual(new Set(Object.keys(mayImport)))
  })

  test('packages import only what lies towards the domain', () => {
    const wrong = offenders(shipped, (source) =>
      importsOf(source)
        .map((name) => /^@minnaken\/([a-z-]+)/.exec(name)?.[1])
        .filter((to) => to !== undefined)
        .filter((to) => to !== source.home && !mayImport[source.home]?.includes(to))
        .filter((to) => !(webApps.includes(source.home) && services.includes(to))),
    )
    expect(wrong).toEqual([])
  })

  test('of a service, a web app imports the contract, and of that the types', () => {
    const wrong = offenders(
      shipped.filter(({ home }) => webApps.includes(home)),
      ({ text }) =>
        [...text.matchAll(/import ([^;']*?)'@minnaken\/([a-z]+)([^']*)'/g)]
          .filter(([, , name = '']) => services.includes(name))
          .filter(([, what = '', , path]) => path !== '/contract' || !what.startsWith('type '))
          .map(([whole]) => whole),
    )
    expect(wrong).toEqual([])
  })

  test('what runs in a browser uses nothing of Node', () => {
    const inBrowser = shipped.filter(({ home }) =>
      ['ui', 'qr', 'domain', ...webApps].includes(home),
    )
    expect(
      offenders(inBrowser, (source) => [
        ...importsOf(source).filter((name) => name.startsWith('node:')),
        ...(withoutComments(source.text).match(/\b(?:process|Buffer)\./g) ?? []),
      ]),
    ).toEqual([])
  })

  test('files reach into no other package by a relative path', () => {
    const wrong = offenders(sources, (source) =>
      importsOf(source).filter((name) => {
        if (!name.startsWith('.')) return false
        const to = relative(root, join(root, dirname(source.path), name))
        return /\.tsx?$/.test(to) && packageOf(to) !== packageOf(source.path)
      }),
    )
    expect(wrong).toEqual([])
  })

  test('each library is used where its line is drawn', () => {
    const wrong = offenders(shipped, (source) =>
      importsOf(source).filter((name) => {
        const [library] = Object.entries(libraryOf).filter(
          ([prefix]) => name === prefix || name.startsWith(`${prefix}/`),
        )
        return library !== undefined && !library[1].includes(source.home)
      }),
    )
    expect(wrong).toEqual([])
  })

  test('the domain depends on nothing', () => {
    const domain = shipped.filter(({ path }) => path.startsWith('packages/domain/src/'))
    expect(domain.length).toBeGreaterThan(20)
    expect(
      offenders(domain, (it) => importsOf(it).filter((name) => !name.startsWith('.'))),
    ).toEqual([])
  })

  test('rules, the book and verbs read no clock and roll no dice: both are handed in', () => {
    const pure = shipped.filter(
      ({ path, home }) =>
        ['domain', 'ledger', 'auth', 'qr', 'zengin', ...services].includes(home) &&
        !path.endsWith('/src/main.ts') &&
        !path.endsWith('/software-authenticator.ts'),
    )
    const clock = /Date\.now\b|new Date\(\)|performance\.now\b|Temporal\.Now|\bhrtime\b/g
    expect(offenders(pure, ({ text }) => withoutComments(text).match(clock) ?? [])).toEqual([])

    const rolling = shipped.filter(isRollingDice)
    const isAllowed = ({ path }: Source) => rollsDice.some((place) => place.test(path))
    expect(rolling.filter((it) => !isAllowed(it)).map(({ path }) => path)).toEqual([])
    // Whoever stops rolling dice leaves the list.
    for (const place of rollsDice)
      expect(rolling.filter(({ path }) => place.test(path))).not.toEqual([])
  })

  test("no rule uses PostgreSQL's clock", () => {
    const aboutTheClock = ['packages/db/src/clock.ts', 'packages/db/src/migrate.ts']
    expect(
      shipped
        .filter(isAskingSqlClock)
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual(aboutTheClock)

    const migrations = join(root, 'packages/db/migrations')
    const files = readdirSync(migrations)
    expect(files.length).toBeGreaterThan(5)
    // How long a session is kept at least decides nothing, and no service is to hasten it.
    const keeping = /create policy session_is_kept_for_ninety_days [^;]+;/
    const inSql = files.filter((name) => {
      const text = readFileSync(join(migrations, name), 'utf8').replace(keeping, '')
      return sqlClock.test(text.replaceAll(/--.*$/gm, '').replaceAll(/\/\*[\s\S]*?\*\//g, ''))
    })
    expect(inSql).toEqual([])
  })

  test.each([
    ['const at = Math.random()', true],
    ['const id = crypto.randomUUID()', true],
    ['globalThis.crypto.getRandomValues(bytes)', true],
    ["import { createHash, randomBytes } from 'node:crypto'", true],
    ["import {\n  createHash,\n  randomInt,\n} from 'crypto'", true],
    ["import * as secrets from 'node:crypto'", true],
    ["import { createHash } from 'node:crypto'\nconst token = deps.randomBytes(32)", false],
    ["import type { Deps } from './deps.ts'\nconst code = randomBytes(8)", false],
    ['// Math.random() would do', false],
  ])('dice are noticed: %j %s', (text, isRolling) => {
    expect(isRollingDice({ text })).toBe(isRolling)
  })

  test.each([
    ['sql`select now()`', true],
    ["sql.raw('select clock_timestamp()')", true],
    ['client.query("select localtimestamp")', true],
    ["const text = 'select transaction_timestamp ( )'", true],
    ["eb.fn<Date>('now')", true],
    ['sql`select timeofday(), ${now()}`', true],
    ["'insert into t values (current_timestamp)'", true],
    ["sql`select 'now'::timestamptz`", true],
    ['sql`select ${now()}`', false],
    ["const at = now()\nconst name = 'now'", false],
    ['// unlike `now()`', false],
  ])("PostgreSQL's clock is noticed: %j %s", (text, isAsking) => {
    expect(isAskingSqlClock({ text })).toBe(isAsking)
  })

  test('the book is written in a transaction that is handed in', () => {
    const book = shipped.filter(({ path }) => path.startsWith('packages/ledger/src/'))
    const givenAll = book.filter(({ text }) => /\bDb\b/.test(withoutComments(text)))
    // The days and buckets of a whole campaign, a transaction for each; the others only read.
    expect(givenAll.map(({ path }) => path).toSorted()).toEqual(
      ['buckets', 'campaigns', 'days', 'verify', 'wallet'].map(
        (name) => `packages/ledger/src/${name}.ts`,
      ),
    )
    const writes =
      /\b#?db\s*\.(insertInto|updateTable|deleteFrom|mergeInto)|\.execute\((this\.#)?db\)/g
    expect(offenders(book, ({ text }) => withoutComments(text).match(writes) ?? [])).toEqual([])
  })

  test('a file is at most 300 lines, and no folder is a grab bag', () => {
    const grabBag = /\/(utils?|helpers?|common|shared|core|lib|misc)(\/|\.ts$)/
    expect(
      offenders(sources, ({ path, text }) => [
        ...(text.split('\n').length > 301 ? ['is longer than 300 lines'] : []),
        ...(grabBag.test(path) ? ['is named like a grab bag'] : []),
      ]),
    ).toEqual([])
  })

  test('a contract imports nothing of its service, so that a web app may import it', () => {
    const contracts = shipped.filter(({ path }) => /\/src\/contract(-[a-z]+)?\.ts$/.test(path))
    expect(contracts.length).toBeGreaterThanOrEqual(services.length)
    const wrong = offenders(contracts, (source) =>
      importsOf(source).filter(
        (name) => !/^(zod|@minnaken\/(domain|http)|\.\/contract(-[a-z]+)?\.ts)$/.test(name),
      ),
    )
    expect(wrong).toEqual([])
  })
})
