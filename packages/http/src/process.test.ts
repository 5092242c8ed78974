import { expect, test } from 'vitest'
import { readConfig, secretOf } from './process.ts'

const tokenFor = (given?: string) =>
  readConfig(
    { port: 8081, connectionsMax: 8 },
    {
      DATABASE_URL: 'postgres://minnaken@localhost/minnaken',
      ...(given === undefined ? {} : { MINNAKEN_METRICS_TOKEN: given }),
    },
  ).metricsToken

test.each([
  [undefined, null],
  ['', null],
  ['sixteen-letters!', 'sixteen-letters!'],
  ['x'.repeat(512), 'x'.repeat(512)],
])('the token %j lets in whoever has %j', (given, token) => {
  expect(tokenFor(given)).toBe(token)
})

test.each([
  'short',
  'fifteen-letters',
  'x'.repeat(513),
  'a token with spaces',
  'トークントークントークントークン',
])('a token that is none stops the start, and is not repeated: %j', (given) => {
  expect(() => tokenFor(given)).toThrow(/^MINNAKEN_METRICS_TOKEN: (?!.*(short|fifteen|spaces|xxx))/)
})

test('a secret that is empty is none, so that nobody signs with it', () => {
  const secrets = ['', undefined, 'sixteen-letters!'].map((given) =>
    secretOf({ MINNAKEN_ADMISSION_SECRET: given }, 'MINNAKEN_ADMISSION_SECRET'),
  )
  expect(secrets).toEqual([null, null, 'sixteen-letters!'])
})
