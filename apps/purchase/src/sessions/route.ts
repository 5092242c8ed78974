import {
  type AccountRole,
  endSession,
  endSessionsOf,
  registerOptions,
  registerPasskey,
  type Session,
  signIn,
  signInOptions,
} from '@minnaken/auth'
import { assert, unreachable } from '@minnaken/domain'
import { endedSessionCookie, problem, reply, route, sessionCookie, isoOf } from '@minnaken/http'
import { admissionProblems } from '../admission/route.ts'
import { ceremonyReply, meReply, passkeyBody, sessionReply, signedOutReply } from '../contract.ts'
import type { Deps } from '../deps.ts'
import { sessionTokenOf } from './session-token.ts'

const audience = 'resident'

export const registrationOptionsRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/passkeys/registration-options',
    access: 'anyone',
    anonymous: true,
    admission: true,
    shed: 'sale',
    summary: { ja: 'パスキーの登録を始める', en: 'Begin to register a passkey' },
    replies: { 200: ceremonyReply },
    problems: admissionProblems,
    handle: async () => {
      const begun = await registerOptions(deps.auth, { audience })
      assert(begun.kind === 'ready', 'a resident needs no invitation')
      return reply(200, { challengeId: begun.challengeId, options: { ...begun.options } })
    },
  })

export const registerRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/passkeys',
    access: 'anyone',
    anonymous: true,
    shed: 'sale',
    summary: { ja: 'パスキーを登録して利用者になる', en: 'Register a passkey: a new account' },
    body: passkeyBody,
    replies: { 201: sessionReply },
    problems: ['challenge_unknown', 'passkey_refused'],
    handle: async ({ body, headers }) => {
      const outcome = await registerPasskey(deps.auth, {
        audience,
        ...body,
        previousToken: sessionTokenOf(headers),
      })
      switch (outcome.kind) {
        case 'registered':
          return signedIn(deps, headers, outcome)
        case 'invite_invalid':
          throw new Error('a resident needs no invitation')
        case 'challenge_unknown':
        case 'passkey_refused':
          return problem(outcome.kind)
        default:
          return unreachable(outcome)
      }
    },
  })

export const signInOptionsRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/sessions/options',
    access: 'anyone',
    anonymous: true,
    admission: true,
    shed: 'sale',
    summary: { ja: 'ログインを始める', en: 'Begin to sign in' },
    replies: { 200: ceremonyReply },
    problems: admissionProblems,
    handle: async () => {
      const { challengeId, options } = await signInOptions(deps.auth, { audience })
      return reply(200, { challengeId, options: { ...options } })
    },
  })

export const signInRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/sessions',
    access: 'anyone',
    anonymous: true,
    shed: 'sale',
    summary: { ja: 'パスキーでログインする', en: 'Sign in with a passkey' },
    body: passkeyBody,
    replies: { 201: sessionReply },
    problems: [
      'challenge_unknown',
      'passkey_refused',
      'passkey_of_another_app',
      'account_stopped',
      'step_up_needed',
    ],
    handle: async ({ body, headers }) => {
      const outcome = await signIn(deps.auth, {
        audience,
        ...body,
        previousToken: sessionTokenOf(headers),
      })
      switch (outcome.kind) {
        case 'signed_in':
          return signedIn(deps, headers, outcome)
        case 'passkey_of_another_app':
          return problem(outcome.kind, { audience: outcome.audience })
        case 'account_stopped':
          return problem(outcome.kind, { since: isoOf(outcome.since) })
        case 'counter_regressed':
        case 'step_up_needed':
          return problem('step_up_needed')
        case 'challenge_unknown':
        case 'passkey_refused':
          return problem(outcome.kind)
        default:
          return unreachable(outcome)
      }
    },
  })

export const signOutRoute = (deps: Deps) =>
  route({
    method: 'delete',
    path: '/v1/sessions/current',
    access: ['resident'],
    summary: { ja: 'ログアウトする', en: 'Sign out here' },
    replies: { 200: signedOutReply },
    handle: async ({ headers }) => {
      const token = sessionTokenOf(headers)
      if (token !== undefined) await endSession(deps.db, { token, audience, at: deps.now() })
      return signedOut()
    },
  })

export const signOutEverywhereRoute = (deps: Deps) =>
  route({
    method: 'delete',
    path: '/v1/sessions',
    access: ['resident'],
    summary: { ja: 'すべての端末からログアウトする', en: 'Sign out on every device' },
    replies: { 200: signedOutReply },
    handle: async ({ actor: { accountId } }) => {
      await endSessionsOf(deps.db, { accountId, at: deps.now() })
      return signedOut()
    },
  })

export const meRoute = (deps: Deps) =>
  route({
    method: 'get',
    path: '/v1/me',
    access: ['resident'],
    summary: { ja: '自分', en: 'Who I am' },
    replies: { 200: meReply },
    handle: async ({ actor: { accountId, role } }) =>
      reply(200, { accountId, role, serverTime: isoOf(deps.now()) }),
  })

async function signedIn(
  { now, gate }: Deps,
  headers: Headers,
  { accountId, role, session }: { accountId: string; role: AccountRole; session: Session },
) {
  const { token, expiresAt } = session
  await gate.follow(headers, token)
  const maxAgeSeconds = Math.floor((expiresAt - now()) / 1_000)
  return reply(
    201,
    { accountId, role, expiresAt: isoOf(expiresAt) },
    { cookie: sessionCookie({ audience, token, maxAgeSeconds }) },
  )
}

const signedOut = () => reply(200, { signedOut: true }, { cookie: endedSessionCookie(audience) })
