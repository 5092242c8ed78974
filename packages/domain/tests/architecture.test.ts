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
  cli: 'domain qr zengin http db auth ledger purchase redemption settlement'.split(' '),
}

const services = ['purchase', 'redemption', 'settlement']

/** Who may use the libraries that a line is drawn around. */
const libraryOf: Readonly<Record<string, readonly string[]>> = {
  pg: ['db'],
  kysely: ['db', 'ledger', 'auth', ...services],
  jose: ['auth', 'qr'],
  '@simplewebauthn/server': ['auth'],
  hono: ['http', ...services],
  '@hono/node-server': ['http'],
  qrcode: ['qr'],
  'zengin-code': ['zengin'],
  '@holiday-jp/holiday_jp': ['zengin'],
}

type Source = Readonly<{ path: string; home: string; isTest: boolean; text: string }>

const sources: readonly Source[] = ['packages', 'apps'].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.includes('node_modules'))
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
        .filter((to) => to !== source.home && !mayImport[source.home]?.includes(to)),
    )
    expect(wrong).toEqual([])
  })

  test('files reach into no other package by a relative path', () => {
    const wrong = offenders(sources, (source) =>
      importsOf(source).filter((name) => {
        if (!name.startsWith('.')) return false
        const to = relative(root, join(root, dirname(source.path), name))
        return to.endsWith('.ts') && packageOf(to) !== packageOf(source.path)
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
    const forbidden =
      /Date\.now\(|new Date\(\)|performance\.now\(|Math\.random\(|\brandomUUID\(|Temporal\.Now/g
    expect(offenders(pure, ({ text }) => withoutComments(text).match(forbidden) ?? [])).toEqual([])
  })

  test("no rule uses PostgreSQL's clock", () => {
    const sqlClock = /\b(now|clock_timestamp|statement_timestamp)\(\)|\bcurrent_(date|timestamp)\b/g
    const aboutTheClock = ['packages/db/src/clock.ts', 'packages/db/src/migrate.ts']
    const asking = shipped.filter(({ path }) => !aboutTheClock.includes(path))
    const wrong = offenders(asking, ({ text }) =>
      (withoutComments(text).match(/`[^`]*`/g) ?? []).flatMap(
        (sql) => sql.replaceAll(/\$\{[^}]*\}/g, '').match(sqlClock) ?? [],
      ),
    )
    const migrations = join(root, 'packages/db/migrations')
    const inSql = readdirSync(migrations).filter((name) => {
      const text = readFileSync(join(migrations, name), 'utf8').replaceAll(/--.*$/gm, '')
      return sqlClock.test(text)
    })
    expect([...wrong, ...inSql]).toEqual([])
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

  test('a web app imports the contract of a service and nothing else of it', () => {
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
