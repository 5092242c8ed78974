import { afterAll, beforeAll, expect, test } from 'vitest'
import { signIn, signInOptions } from '../src/index.ts'
import { softwareAuthenticator, type SoftwareAuthenticator } from '../src/software-authenticator.ts'
import { openWorld, origins, register, type World } from './_world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.drop())

/** A sign-in with a broken signature, in text, and how long it took. */
async function attempt(phone: SoftwareAuthenticator): Promise<{ text: string; ms: number }> {
  const { challengeId, options } = await signInOptions(world.purchase, { audience: 'resident' })
  const answer = phone.get(options, origins.resident.origin)
  const other = phone.get({ ...options, challenge: 'AAAA' }, origins.resident.origin)
  const { signature } = other.response
  const response = { ...answer, response: { ...answer.response, signature } }
  const began = performance.now()
  const outcome = await signIn(world.purchase, { audience: 'resident', challengeId, response })
  return { text: JSON.stringify(outcome), ms: performance.now() - began }
}

/** A phone whose passkey was never registered with us. */
function stranger(): SoftwareAuthenticator {
  const phone = softwareAuthenticator()
  phone.create(
    {
      rp: { id: 'localhost', name: 'みんな券' },
      user: { id: Buffer.alloc(16).toString('base64url'), name: 'x', displayName: 'x' },
      challenge: 'AAAA',
      pubKeyCredParams: [],
    },
    origins.resident.origin,
  )
  return phone
}

/**
 * Whether two sets of times differ by a millisecond or more at the median, and by more than chance:
 * p < 0.01 by Mann and Whitney's test, so that a busy machine is not taken for a difference.
 */
function isToldApart(some: readonly number[], others: readonly number[]): boolean {
  const [n, m] = [some.length, others.length]
  const above = some.reduce((sum, ms) => sum + others.filter((other) => ms > other).length, 0)
  const z = (above - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12)
  return Math.abs(median(some) - median(others)) >= 1 && Math.abs(z) > 2.576
}

/** A hundred times, spread evenly over ten milliseconds from there. */
const noise = (from: number): number[] =>
  Array.from({ length: 100 }, (_, i) => from + ((i * 37) % 100) / 10)

test('times that differ are told apart, and noise is not', () => {
  expect(isToldApart(noise(5), noise(9))).toBe(true)
  expect(isToldApart(noise(5), noise(5))).toBe(false)
  expect(isToldApart(noise(5), noise(5.9))).toBe(false)
})

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

test(
  'a known passkey, an unknown one and a stopped account answer the same to who cannot use them, in the same time',
  { retry: 2 },
  async () => {
    const registered = await register(world, 'resident')
    const stopped = await register(world, 'resident')
    await world.owner
      .updateTable('auth.account')
      .set({ stopped_at: new Date(world.clock.at) })
      .where('account_id', '=', stopped.accountId)
      .execute()
    const elsewhere = await register(world, 'shop')
    const phones = [registered.phone, stranger(), stopped.phone, elsewhere.phone]
    const times = phones.map((): number[] => [])
    const texts = new Set<string>()
    for (let round = 0; round < 100; round++)
      for (const [index, phone] of phones.entries()) {
        const { text, ms } = await attempt(phone)
        texts.add(text)
        times[index]?.push(ms)
      }
    expect([...texts]).toEqual(['{"kind":"passkey_refused"}'])
    const [known = [], ...others] = times
    for (const other of others) expect(isToldApart(known, other)).toBe(false)
  },
)

test('a browser that begins to sign in learns of no passkey', async () => {
  const { options } = await signInOptions(world.purchase, { audience: 'resident' })
  expect(options.allowCredentials ?? []).toEqual([])
})
