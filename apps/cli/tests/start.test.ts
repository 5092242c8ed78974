import { mkdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { minnaken, startMinnaken } from './_command.ts'

const projectData = fileURLToPath(new URL('../../../.data/', import.meta.url))

const freePort = (): Promise<string> =>
  new Promise((resolve, reject) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(String(address.port))
          : reject(new Error('no port')),
      )
    })
  })

describe('a newcomer who runs `npm start`', () => {
  let env: NodeJS.ProcessEnv
  let running: Awaited<ReturnType<typeof startMinnaken>> | undefined
  beforeAll(async () => {
    const folder = `${projectData}start-${process.pid}`
    await mkdir(folder, { recursive: true })
    env = {
      MINNAKEN_DATA: folder,
      MINNAKEN_PORT_PURCHASE: await freePort(),
      MINNAKEN_PORT_REDEMPTION: await freePort(),
      MINNAKEN_PORT_SETTLEMENT: await freePort(),
      DATABASE_URL: '',
    }
    running = await startMinnaken(['start'], { env, until: 'start over' })
  }, 120_000)
  afterAll(async () => {
    await running?.stop()
    await minnaken(['reset', '--yes'], { env })
    await rm(env['MINNAKEN_DATA'] ?? '', { recursive: true, force: true })
  })

  const as = async (...args: string[]) => {
    const { code, stdout, stderr } = await minnaken(['as', ...args], { env })
    return { code, stderr, body: JSON.parse(stdout) as Record<string, unknown> }
  }

  test('is told where everything is, without a password', () => {
    expect(running?.output()).toContain(`http://127.0.0.1:${env['MINNAKEN_PORT_PURCHASE']}`)
    expect(running?.output()).not.toMatch(/postgres(ql)?:\/\/[^@\s]*:[^@\s]+@/)
  })

  test('finds vouchers in the wallet, pays with them, and sees the payment on both sides', async () => {
    const before = await as('resident', 'GET', '/v1/wallet')
    expect(before.code).toBe(0)
    const paid = await as(
      'shop_staff',
      'POST',
      '/v1/redemptions',
      '{"code":"$CODE","amountYen":800}',
    )
    expect(paid.code).toBe(0)
    expect(paid.body).toMatchObject({ amountYen: 800, split: [{ kind: 'LIMITED', yen: 800 }] })
    const history = await as('resident', 'GET', '/v1/wallet/history')
    expect(JSON.stringify(history.body)).toContain(String(paid.body['redemptionId']))
    const day = await as('shop_owner', 'GET', '/v1/shops/$SHOP/day')
    expect(day.body).toMatchObject({ totalYen: 800 })
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
    expect(issued).toBe(37_500)
  })

  test('invites a clerk by a link', async () => {
    const { code, stdout } = await minnaken(['invite', 'clerk'], { env })
    expect(code).toBe(0)
    expect(stdout).toMatch(/\/invite#[A-Za-z0-9_-]{43}\n/)
  })

  test('loses nothing by a restart', async () => {
    expect(await running?.stop()).toBe(0)
    running = await startMinnaken(['start'], { env, until: 'start over' })
    const day = await as('shop_owner', 'GET', '/v1/shops/$SHOP/day')
    expect(day.body).toMatchObject({ totalYen: 800 })
  })
})

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

  test('who does not confirm a reset keeps everything', async () => {
    const { code, stdout } = await minnaken(['reset'], {
      env: { MINNAKEN_DATA: `${projectData}none`, DATABASE_URL: '' },
      stdin: 'n\n',
    })
    expect(code).toBe(1)
    expect(stdout).toContain('nothing was deleted')
  })
})
