import { createInvite } from '@minnaken/auth'
import {
  type SoftwareAuthenticator,
  softwareAuthenticator,
} from '@minnaken/auth/software-authenticator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Stage, origins, send, setStage } from './_stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.drop())

const browser = (part: 'shop' | 'staff') => ({ headers: { origin: origins[part] } })

const invite = async (role: 'clerk' | 'approver' | 'auditor') =>
  (await createInvite(stage.owner, stage.service.deps.auth, { role, madeBy: 'test' })).token

/** The browser's side of a registration. */
async function register(
  part: 'shop' | 'staff',
  phone: SoftwareAuthenticator,
  inviteToken?: string,
): Promise<Answer> {
  const begun = await send(
    stage.service,
    browser(part),
    `POST /v1/${part}-passkeys/registration-options`,
    inviteToken === undefined ? undefined : { inviteToken },
  )
  if (begun.status !== 200) return begun
  const { challengeId, options } = begun.body as {
    challengeId: string
    options: Parameters<SoftwareAuthenticator['create']>[0]
  }
  const response = phone.create(options, origins[part])
  return send(stage.service, browser(part), `POST /v1/${part}-passkeys`, {
    challengeId,
    response: { ...response },
  })
}

/** The browser's side of a sign-in. */
async function signIn(part: 'shop' | 'staff', phone: SoftwareAuthenticator): Promise<Answer> {
  const begun = await send(stage.service, browser(part), `POST /v1/${part}-sessions/options`)
  const { challengeId, options } = begun.body as {
    challengeId: string
    options: Parameters<SoftwareAuthenticator['get']>[0]
  }
  return send(stage.service, browser(part), `POST /v1/${part}-sessions`, {
    challengeId,
    response: { ...phone.get(options, origins[part]) },
  })
}

const cookieOf = ({ headers }: Answer): string =>
  (headers.get('set-cookie') ?? '').split(';')[0] ?? ''

describe('shop owners', () => {
  test('register by themselves with a passkey and sign in with it later', async () => {
    const phone = softwareAuthenticator()
    const registered = await register('shop', phone)
    expect(registered).toMatchObject({ status: 201, body: { role: 'shop_owner' } })
    const signedIn = await signIn('shop', phone)
    expect(signedIn.body).toMatchObject({
      accountId: registered.body['accountId'],
      role: 'shop_owner',
    })
    const cookie = signedIn.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(
      /^__Host-shop=[^;]+; Path=\/; Max-Age=\d+; HttpOnly; Secure; SameSite=Strict$/,
    )
    const me = { headers: { ...browser('shop').headers, cookie: cookieOf(signedIn) } }
    expect((await send(stage.service, me, 'GET /v1/shop-me')).body).toMatchObject({
      accountId: registered.body['accountId'],
    })
  })

  test('cannot sign in as staff with the passkey of their shop', async () => {
    const phone = softwareAuthenticator()
    await register('shop', phone)
    expect(await signIn('staff', phone)).toMatchObject({
      status: 403,
      body: { code: 'passkey_of_another_app', audience: 'shop' },
    })
  })
})

describe('staff', () => {
  test.each(['clerk', 'approver', 'auditor'] as const)(
    'a %s registers by an invitation and has the role it names',
    async (role) => {
      const phone = softwareAuthenticator()
      const registered = await register('staff', phone, await invite(role))
      expect(registered).toMatchObject({ status: 201, body: { role } })
      expect((await signIn('staff', phone)).body).toMatchObject({ role })
    },
  )

  test('an invitation makes one account', async () => {
    const token = await invite('clerk')
    expect((await register('staff', softwareAuthenticator(), token)).status).toBe(201)
    expect(await register('staff', softwareAuthenticator(), token)).toMatchObject({
      status: 422,
      body: { code: 'invite_invalid' },
    })
  })

  test('a challenge is answered once', async () => {
    const phone = softwareAuthenticator()
    const begun = await send(
      stage.service,
      browser('shop'),
      'POST /v1/shop-passkeys/registration-options',
    )
    const { challengeId, options } = begun.body as {
      challengeId: string
      options: Parameters<SoftwareAuthenticator['create']>[0]
    }
    const body = { challengeId, response: { ...phone.create(options, origins.shop) } }
    const first = await send(stage.service, browser('shop'), 'POST /v1/shop-passkeys', body)
    expect(first.status).toBe(201)
    const again = await send(stage.service, browser('shop'), 'POST /v1/shop-passkeys', body)
    expect(again.body).toMatchObject({ code: 'challenge_unknown' })
  })

  test('a passkey that another origin answered for is refused', async () => {
    const phone = softwareAuthenticator()
    await register('shop', phone)
    const begun = await send(stage.service, browser('shop'), 'POST /v1/shop-sessions/options')
    const { challengeId, options } = begun.body as {
      challengeId: string
      options: Parameters<SoftwareAuthenticator['get']>[0]
    }
    const response = { ...phone.get(options, 'https://shop.example') }
    expect(
      await send(stage.service, browser('shop'), 'POST /v1/shop-sessions', {
        challengeId,
        response,
      }),
    ).toMatchObject({ status: 403, body: { code: 'passkey_refused' } })
  })
})
