import type { SoftwareAuthenticator } from '@minnaken/auth/software-authenticator'
import { type Answer, call } from './call.ts'

/** Where an app's passkey ceremonies are served. */
export type Ceremonies = Readonly<{
  /** The service's address. */
  url: string
  /** The web origin that the app's pages have. */
  origin: string
  registrationOptions: string
  registration: string
  signInOptions: string
  signIn: string
}>

type Ceremony = Readonly<{ challengeId: string; options: never }>

/** Registers a new passkey: the same two requests that a browser makes. Answers the session's cookie. */
export async function register(
  { url, origin, registrationOptions, registration }: Ceremonies,
  authenticator: SoftwareAuthenticator,
  extra: Readonly<Record<string, unknown>> = {},
): Promise<Answer & Readonly<{ cookie: string }>> {
  const { challengeId, options } = await begin(`${url}${registrationOptions}`, origin, extra)
  const response = authenticator.create(options, origin)
  return opened(
    await call({
      method: 'POST',
      url: `${url}${registration}`,
      origin,
      body: { challengeId, response },
    }),
  )
}

/** Signs in with the passkey that the authenticator holds. Answers the session's cookie. */
export async function signIn(
  { url, origin, signInOptions, signIn: path }: Ceremonies,
  authenticator: SoftwareAuthenticator,
): Promise<Answer & Readonly<{ cookie: string }>> {
  const { challengeId, options } = await begin(`${url}${signInOptions}`, origin)
  const response = authenticator.get(options, origin)
  return opened(
    await call({ method: 'POST', url: `${url}${path}`, origin, body: { challengeId, response } }),
  )
}

async function begin(
  url: string,
  origin: string,
  extra: Readonly<Record<string, unknown>> = {},
): Promise<Ceremony> {
  const body = Object.keys(extra).length === 0 ? {} : { body: extra }
  const answer = await call({ method: 'POST', url, origin, ...body })
  if (answer.status !== 200) throw new Error(`${url}: ${JSON.stringify(answer.body)}`)
  return answer.body as Ceremony
}

function opened(answer: Answer): Answer & Readonly<{ cookie: string }> {
  const { cookie } = answer
  if (answer.status !== 201 || cookie === undefined)
    throw new Error(`the passkey was not taken: ${JSON.stringify(answer.body)}`)
  return { ...answer, cookie }
}
