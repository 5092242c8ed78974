import { access, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { connect, withClient } from '@minnaken/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newPerson } from '../src/people/people.ts'
import { minnaken, startMinnaken } from './_command.ts'
import { anyPorts, makePlace, noSuchFolder, type Place } from './_platform.ts'

describe('a newcomer who runs `npm start`', () => {
  let place: Place
  let env: NodeJS.ProcessEnv
  let running: Awaited<ReturnType<typeof startMinnaken>> | undefined
  const start = async (until = 'start over') => {
    running = await startMinnaken(['start'], { env, until })
  }
  beforeAll(async () => {
    place = await makePlace('start')
    ;({ env } = place)
    // The first start is killed in the middle of its preparations.
    await start('wins and pays')
    await running?.kill()
    await start()
  }, 120_000)
  afterAll(async () => {
    await running?.stop()
    await place.remove()
  })
  const as = (...args: string[]) => place.as(...args)
  const spend = (yen: number) =>
    as('shop_staff', 'POST', '/v1/redemptions', `{"code":"$CODE","amountYen":${yen}}`)

  test('is told that an interrupted first start is made anew, and then finds everything', () => {
    expect(running?.output()).toContain('starting over what was interrupted')
  })

  test('is told where everything is, without a password', () => {
    expect(running?.output()).toContain(`http://127.0.0.1:${place.ports[0]}`)
    expect(running?.output()).not.toMatch(/postgres(ql)?:\/\/[^@\s]*:[^@\s]+@/)
  })

  test('finds vouchers in the wallet, pays with them, and sees the payment on both sides', async () => {
    const before = await as('resident', 'GET', '/v1/wallet')
    expect(before.code).toBe(0)
    const paid = await spend(800)
    expect(paid.code).toBe(0)
    expect(paid.body).toMatchObject({ amountYen: 800, split: [{ kind: 'LIMITED', yen: 800 }] })
    const history = await as('resident', 'GET', '/v1/wallet/history')
    expect(JSON.stringify(history.body)).toContain(String(paid.body['redemptionId']))
    const day = await as('shop_owner', 'GET', '/v1/shops/$SHOP/day')
    expect(day.body).toMatchObject({ totalYen: 800 })
  })

  test.each([
    ['resident', 'みんな券'],
    ['shop', 'みんな券 お店'],
  ] as const)('opens the page of the %s app, with the services behind it', async (door, name) => {
    const origin = `http://127.0.0.1:${place.doors[door]}`
    expect(running?.output()).toContain(`http://localhost:${place.doors[door]}`)
    expect(await (await fetch(`${origin}/any/screen`)).text()).toContain(`<title>${name}</title>`)
    for (const path of ['/readyz', '/api/v1/campaigns', '/api/v1/time'])
      expect([path, (await fetch(`${origin}${path}`)).status]).toEqual([path, 200])
  })

  test('signs up as a new person through the front door, and can buy at once', async () => {
    const door = `http://127.0.0.1:${place.doors.resident}/api`
    const origin = `http://localhost:${place.doors.resident}`
    const person = await newPerson('resident', {
      urls: { purchase: door, redemption: door, settlement: door },
      origins: { resident: origin, shop: origin, staff: origin },
    })
    const { body: campaigns } = await as('resident', 'GET', '/v1/campaigns')
    const [code] = /AKI\d{4}/.exec(JSON.stringify(campaigns)) ?? []
    const bought = await person.get({
      method: 'POST',
      url: `${door}/v1/campaigns/${code}/orders`,
      body: { method: 'card', sale: 'second_sale', card: 'tok_ok', units: 1 },
    })
    expect(bought).toMatchObject({ state: 'paid', units: 1 })
    const wallet = await person.get({ method: 'GET', url: `${door}/v1/wallet` })
    expect(JSON.stringify(wallet)).toContain('12500')
  })

  test('makes a window a till by a link to the shop app', async () => {
    const { code, stdout } = await minnaken(['till'], { env })
    expect(code).toBe(0)
    const link = `http://localhost:${place.doors.shop}/join#`
    const joinCode = stdout.split('\n')[0]?.replace(link, '')
    expect(stdout).toContain(link)
    const joined = await fetch(`http://127.0.0.1:${place.doors.shop}/api/v1/tills`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ joinCode, name: 'レジ' }),
    })
    expect(joined.status).toBe(201)
    // And by what the shop would print a payer without a camera finds it.
    const [, number] = /\/s\/(\d{7})\n番号 number: \1\n/.exec(stdout) ?? []
    const door = `http://127.0.0.1:${place.doors.resident}`
    const shop = await fetch(`${door}/api/v1/shop-codes/${number}`)
    const card = (await shop.json()) as { name: string; photoId: string }
    const { headers } = await fetch(`${door}/api/v1/public/shop-photos/${card.photoId}`)
    expect([card.name, headers.get('content-type')]).toEqual(['みらい商店', 'image/jpeg'])
  })

  test('can apply to the campaign that is open', async () => {
    const { body } = await as('resident', 'GET', '/v1/campaigns')
    const [code] = /HARU\d{4}/.exec(JSON.stringify(body)) ?? []
    const applied = await as(
      'resident',
      'POST',
      `/v1/campaigns/${code}/applications`,
      '{"units":2,"group":"RESIDENT","name":"未来 花子","nameKana":"ミライ ハナコ","birthDate":"1951-04-01","address":"みらい区中央1-2-3"}',
    )
    expect(applied.body).toMatchObject({ units: 2, state: 'active' })
    expect(running?.output()).toContain(`campaigns/${code}/applications`)
  })

  test.each(['clerk', 'approver', 'auditor'])('is let in as %s', async (role) => {
    expect((await as(role, 'GET', '/v1/runs')).code).toBe(0)
  })

  test('is refused as the wrong person, with exit code 1 and the problem', async () => {
    const { code, body } = await as('resident', 'GET', '/v1/runs')
    expect(code).toBe(1)
    expect(body).toMatchObject({ code: 'forbidden' })
  })

  test('proves the books while everything runs', async () => {
    const { code, stdout } = await minnaken(['verify-ledger', '--json'], { env })
    expect(code).toBe(0)
    const verification = JSON.parse(stdout) as { identity: Record<string, number> }
    const { issued, ...places } = verification.identity
    expect(Object.values(places).reduce((sum, part) => sum + part, 0)).toBe(issued)
    expect(issued).toBe(50_000)
  })

  test('invites a clerk by a link to where the staff app is', async () => {
    const { code, stdout } = await minnaken(['invite', 'clerk'], { env })
    expect(code).toBe(0)
    expect(stdout).toMatch(/\/invite#[A-Za-z0-9_-]{43}\n/)
    expect(stdout).toContain(`http://localhost:${place.doors.staff}/`)
  })

  test('finds the apps at the ports that were chosen, and no other origin is let in', async () => {
    const url = `http://127.0.0.1:${place.ports[0]}/v1/passkeys/registration-options`
    const from = async (port: string | undefined) =>
      (await fetch(url, { method: 'POST', headers: { origin: `http://localhost:${port}` } })).status
    expect([await from(place.doors.resident), await from('8080')]).toEqual([200, 403])
  })

  test.each([
    ['start', ['start'], 'is taken'],
    ['start at other ports', ['start'], 'is running already'],
    ['reset', ['reset', '--yes'], 'stop it first'],
  ])('cannot %s beside it', async (name, args, message) => {
    const other = name.includes('other') ? await anyPorts() : {}
    const answer = await minnaken(args, { env: { ...env, ...other } })
    expect([answer.code, answer.stdout]).toEqual([3, ''])
    expect(answer.stderr).toContain(message)
    expect((await as('resident', 'GET', '/v1/wallet')).code).toBe(0)
  })

  test.each([
    ['start', ['start'], 'MINNAKEN_SET_PASSWORDS=1'],
    ['verify-ledger', ['verify-ledger'], 'the password of this role is another one'],
    ['close', ['close', '--period', '2026-01-01..2026-01-15'], 'the password of this role'],
  ])('keeps it when somebody else runs %s on its database', async (_, args, message) => {
    const other = await makePlace('start-foreign')
    const foreign = { ...other.env, DATABASE_URL: await place.ownerUrl() }
    const { code, stderr } = await minnaken(args, { env: foreign })
    await other.remove()
    expect(stderr).toContain(message)
    expect(code).toBe(3)
    expect((await spend(1)).code).toBe(0)
  })

  test('has everything answered that is in flight when Ctrl+C is pressed', async () => {
    const shops = () => as('clerk', 'GET', '/v1/shops')
    const { ended, codes } = await whileShopsAreLocked(await place.ownerUrl(), {
      ask: () => Promise.all([shops(), shops(), shops()]),
      meanwhile: async () => {
        const code = running?.pressCtrlC()
        await wait(300)
        return code
      },
    })
    expect(codes.map(({ code }) => code)).toEqual([0, 0, 0])
    expect(await ended).toBe(0)
    expect(await place.isPostgresThere()).toBe(false)
  })

  test('can verify the books when nothing runs, twice at once, and leaves nothing running', async () => {
    const verify = () => minnaken(['verify-ledger', '--json'], { env })
    const [first, second] = await Promise.all([verify(), verify()])
    expect([first.code, second.code]).toEqual([0, 0])
    expect(await place.isPostgresThere()).toBe(false)
  })

  test('loses nothing by a restart', async () => {
    await start()
    const day = await as('shop_owner', 'GET', '/v1/shops/$SHOP/day')
    expect(day.body).toMatchObject({ totalYen: 803 })
  })

  test('has no services left when the command is killed, and PostgreSQL goes with the next one', async () => {
    await running?.kill()
    await place.servicesGone()
    expect(await place.isPostgresThere()).toBe(true)
    const asked = await minnaken(['as', 'resident', 'GET', '/v1/wallet'], { env })
    expect([asked.code, asked.stdout]).toEqual([3, ''])
    expect(asked.stderr).toContain('is npm start running?')
    expect((await minnaken(['verify-ledger', '--json'], { env })).code).toBe(0)
    expect(await place.isPostgresThere()).toBe(false)
  })

  test('is told when the keys that are kept here belong to another database', async () => {
    const accounts = join(place.folder, 'accounts.json')
    const kept = await readFile(accounts, 'utf8')
    await writeFile(accounts, kept.replaceAll(/"shopId": "[^"]{8}/g, '"shopId": "00000000'))
    const { code, stderr } = await minnaken(['start'], { env })
    expect(code).toBe(3)
    expect(stderr).toContain('are not those of this database')
    expect(await place.isPostgresThere()).toBe(false)
  })
})

/** Asks while nobody can read the shops, does the rest when three wait, and lets them go. */
async function whileShopsAreLocked<Codes, Ended>(
  url: string,
  { ask, meanwhile }: Readonly<{ ask: () => Promise<Codes>; meanwhile: () => Promise<Ended> }>,
) {
  const { pool, close } = connect({ url, applicationName: 'test', connectionsMax: 2 })
  const waiting = async () =>
    (await pool.query(`select from pg_stat_activity where wait_event_type = 'Lock'`)).rowCount
  const asked = await withClient(pool, async (client) => {
    await client.query('begin; lock table shop.shop in access exclusive mode')
    const answers = ask()
    while ((await waiting()) !== 3) await wait(20)
    // What was begun is waited for later, so it is handed out in a box.
    const begun = { ended: meanwhile(), answers }
    await wait(300)
    await client.query('rollback')
    return begun
  })
  await close()
  return { ended: asked.ended, codes: await asked.answers }
}

describe('a person who asks for the wrong thing', () => {
  test.each([
    ['an unknown command', ['frobnicate']],
    ['a name that every object has', ['toString']],
    ['a role that is none', ['as', 'king', 'GET', '/v1/wallet']],
    ['an invitation for a resident', ['invite', 'resident']],
    ['an unknown option', ['verify-ledger', '--quickly']],
  ])('%s ends with 2 and says what there is', async (_, args) => {
    const { code, stdout, stderr } = await minnaken(args)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain('minnaken')
  })

  test('sees the commands in the order in which one needs them', async () => {
    const { stdout } = await minnaken(['--help'])
    const words = [...stdout.matchAll(/^minnaken (\S+)/gm)].map(([, word]) => word)
    expect(words.slice(0, 7)).toEqual('start dev demo reset invite as till'.split(' '))
  })

  test.each([
    ['MINNAKEN_PORT_STAFF', '80a'],
    ['MINNAKEN_ORIGIN_STAFF', 'example.jp'],
  ])('with %s=%s is told which setting is wrong', async (name, value) => {
    const env = { MINNAKEN_DATA: noSuchFolder, DATABASE_URL: '', [name]: value }
    const { code, stderr } = await minnaken(['invite', 'clerk'], { env })
    expect(code).toBe(2)
    expect(stderr).toContain(`${name}: ${value}`)
  })

  test.each([
    ['verify-ledger', ['verify-ledger']],
    ['invite', ['invite', 'clerk']],
    ['close', ['close', '--period', '2026-01-01..2026-01-15']],
    ['as', ['as', 'resident', 'GET', '/v1/wallet']],
  ])('%s before the first start ends with 3, and makes nothing', async (_, args) => {
    const env = { MINNAKEN_DATA: noSuchFolder, DATABASE_URL: '' }
    const { code, stdout, stderr } = await minnaken(args, { env })
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toContain('npm start')
    await expect(access(noSuchFolder)).rejects.toThrow('ENOENT')
  })

  test('who does not confirm a reset keeps everything', async () => {
    const { code, stdout } = await minnaken(['reset'], {
      env: { MINNAKEN_DATA: noSuchFolder, DATABASE_URL: '' },
      stdin: 'n\n',
    })
    expect(code).toBe(1)
    expect(stdout).toContain('nothing was deleted')
  })
})
