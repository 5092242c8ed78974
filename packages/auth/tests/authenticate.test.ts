import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '@minnaken/domain'
import { authenticate, newToken } from '../src/index.ts'
import { seedAccount } from '../src/testing.ts'
import { openWorld, type World } from './_world.ts'

const till: Actor = { role: 'shop_staff', tillId: 'till', shopId: 'shop' }
const tillToken = newToken(randomBytes)

let world: World
let tokens: Readonly<Record<'resident' | 'shop' | 'staff', string>>
let whoIs: ReturnType<typeof authenticate>
const asked: Buffer[] = []
const findTill = async (hash: Buffer): Promise<Actor | null> => {
  asked.push(hash)
  return hash.equals(tillToken.hash) ? till : null
}

beforeAll(async () => {
  world = await openWorld()
  const { clock, owner } = world
  const token = async (role: 'resident' | 'shop_owner' | 'auditor') =>
    (await seedAccount(owner, { role, at: clock.at })).sessionToken
  tokens = {
    resident: await token('resident'),
    shop: await token('shop_owner'),
    staff: await token('auditor'),
  }
  const { db } = world.connectAs('redemption')
  whoIs = authenticate({ db, now: () => clock.at, findTill })
})
afterAll(() => world.drop())

const roleOf = async (...request: Parameters<typeof whoIs>) => (await whoIs(...request))?.role

test('of several sessions in one browser, the one that may come in is taken', async () => {
  expect(await roleOf(tokens, ['shop_owner'])).toBe('shop_owner')
  expect(await roleOf(tokens, ['auditor', 'clerk'])).toBe('auditor')
  expect(await roleOf(tokens, ['resident'])).toBe('resident')
})

test('a session that may not come in is told apart from none', async () => {
  expect(await roleOf({ staff: tokens.staff }, ['resident'])).toBe('auditor')
  expect(await roleOf({}, ['resident'])).toBeUndefined()
})

test("a till's token is shop staff, and comes before the sessions of the same request", async () => {
  expect(await whoIs({ ...tokens, bearer: tillToken.token }, ['shop_staff', 'shop_owner'])).toEqual(
    till,
  )
})

test('a till that may not come in does not hide a session that may', async () => {
  expect(await roleOf({ ...tokens, bearer: tillToken.token }, ['shop_owner'])).toBe('shop_owner')
  expect(await whoIs({ bearer: tillToken.token }, ['shop_owner'])).toEqual(till)
})

test('a bearer that cannot be a token is not looked up', async () => {
  const before = asked.length
  expect(await whoIs({ bearer: 'x'.repeat(512) }, ['shop_staff'])).toBeNull()
  expect(asked).toHaveLength(before)
})
