import {
  type AccountRole,
  endSession,
  registerOptions,
  registerPasskey,
  type RegisterOutcome,
  type Session,
  signIn,
  signInOptions,
  type SignInOutcome,
} from '@minnaken/auth'
import { assert, unreachable } from '@minnaken/domain'
import {
  cookieName,
  endedSessionCookie,
  isoOf,
  problem,
  reply,
  route,
  sessionCookie,
} from '@minnaken/http'
import { parse as parseCookies } from 'hono/utils/cookie'
import {
  ceremonyReply,
  inviteBody,
  meReply,
  passkeyBody,
  sessionReply,
  signedOutReply,
} from '../contract.ts'
import type { Deps } from '../deps.ts'

/** Who signs in here: shop owners by themselves, the federation's staff by invitation. */
type Part = 'shop' | 'staff'

const accessOf = {
  shop: ['shop_owner'],
  staff: ['clerk', 'approver', 'auditor'],
} as const

const nameOf = {
  shop: { ja: '店主', en: 'a shop owner' },
  staff: { ja: '職員', en: 'staff' },
} as const

export const shopRegistrationOptionsRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/shop-passkeys/registration-options',
    access: 'anyone',
    summary: { ja: '店主のパスキー登録を始める', en: 'Begin to register as a shop owner' },
    replies: { 200: ceremonyReply },
    handle: async () => {
      const begun = await registerOptions(deps.auth, { audience: 'shop' })
      assert(begun.kind === 'ready', 'a shop owner needs no invitation')
      return reply(200, { challengeId: begun.challengeId, options: { ...begun.options } })
    },
  })

export const staffRegistrationOptionsRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/staff-passkeys/registration-options',
    access: 'anyone',
    summary: { ja: '招待から職員の登録を始める', en: 'Begin to register as staff, by invitation' },
    body: inviteBody,
    replies: { 200: ceremonyReply },
    problems: ['invite_invalid'],
    handle: async ({ body: { inviteToken } }) => {
      const begun = await registerOptions(deps.auth, { audience: 'staff', inviteToken })
      return begun.kind === 'ready'
        ? reply(200, { challengeId: begun.challengeId, options: { ...begun.options } })
        : problem('invite_invalid')
    },
  })

export const registerRoute = (deps: Deps, part: Part) =>
  route({
    method: 'post',
    path: `/v1/${part}-passkeys`,
    access: 'anyone',
    summary: {
      ja: `パスキーを登録して${nameOf[part].ja}になる`,
      en: `Register a passkey as ${nameOf[part].en}`,
    },
    body: passkeyBody,
    replies: { 201: sessionReply },
    problems: ['challenge_unknown', 'passkey_refused', 'invite_invalid'],
    handle: async ({ body, headers }) => {
      const previousToken = tokenOf(part, headers)
      const outcome = await registerPasskey(deps.auth, { audience: part, ...body, previousToken })
      return outcome.kind === 'registered' ? signedIn(deps, part, outcome) : problem(outcome.kind)
    },
  })

export const signInOptionsRoute = (deps: Deps, part: Part) =>
  route({
    method: 'post',
    path: `/v1/${part}-sessions/options`,
    access: 'anyone',
    summary: {
      ja: `${nameOf[part].ja}のログインを始める`,
      en: `Begin to sign in as ${nameOf[part].en}`,
    },
    replies: { 200: ceremonyReply },
    handle: async () => {
      const { challengeId, options } = await signInOptions(deps.auth, { audience: part })
      return reply(200, { challengeId, options: { ...options } })
    },
  })

export const signInRoute = (deps: Deps, part: Part) =>
  route({
    method: 'post',
    path: `/v1/${part}-sessions`,
    access: 'anyone',
    summary: {
      ja: `${nameOf[part].ja}としてログインする`,
      en: `Sign in as ${nameOf[part].en} with a passkey`,
    },
    body: passkeyBody,
    replies: { 201: sessionReply },
    problems: [
      'challenge_unknown',
      'passkey_refused',
      'passkey_of_another_app',
      'account_stopped',
      'counter_regressed',
    ],
    handle: async ({ body, headers }) => {
      const previousToken = tokenOf(part, headers)
      const outcome = await signIn(deps.auth, { audience: part, ...body, previousToken })
      switch (outcome.kind) {
        case 'signed_in':
          return signedIn(deps, part, outcome)
        case 'passkey_of_another_app':
          return problem(outcome.kind, { audience: outcome.audience })
        case 'account_stopped':
          return problem(outcome.kind, { since: isoOf(outcome.since) })
        case 'counter_regressed':
        case 'step_up_needed':
          return problem('counter_regressed')
        case 'challenge_unknown':
        case 'passkey_refused':
          return problem(outcome.kind)
        default:
          return unreachable(outcome)
      }
    },
  })

export const signOutRoute = (deps: Deps, part: Part) =>
  route({
    method: 'delete',
    path: `/v1/${part}-sessions/current`,
    access: accessOf[part],
    summary: { ja: `${nameOf[part].ja}のログアウト`, en: `Sign out ${nameOf[part].en} here` },
    replies: { 200: signedOutReply },
    handle: async ({ headers }) => {
      const token = tokenOf(part, headers)
      if (token !== undefined) await endSession(deps.db, { token, audience: part, at: deps.now() })
      return reply(200, { signedOut: true }, { cookie: endedSessionCookie(part) })
    },
  })

export const meRoute = (deps: Deps, part: Part) =>
  route({
    method: 'get',
    path: `/v1/${part}-me`,
    access: accessOf[part],
    summary: { ja: `自分(${nameOf[part].ja})`, en: `Who I am, as ${nameOf[part].en}` },
    replies: { 200: meReply },
    handle: async ({ actor }) =>
      reply(200, { accountId: actor.accountId, role: actor.role, serverTime: isoOf(deps.now()) }),
  })

/** The session's token as the browser sent it; the edge has checked its origin. */
const tokenOf = (part: Part, headers: Headers): string | undefined =>
  parseCookies(headers.get('cookie') ?? '', cookieName(part))[cookieName(part)]

type SignedIn = Extract<RegisterOutcome | SignInOutcome, { session: Session }>

function signedIn({ now }: Deps, part: Part, { accountId, role, session }: SignedIn) {
  const { token, expiresAt } = session
  const maxAgeSeconds = Math.floor((expiresAt - now()) / 1_000)
  const value: { accountId: string; role: AccountRole; expiresAt: string } = {
    accountId,
    role,
    expiresAt: isoOf(expiresAt),
  }
  return reply(201, value, { cookie: sessionCookie({ audience: part, token, maxAgeSeconds }) })
}
