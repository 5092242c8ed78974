import { randomBytes, randomUUID } from 'node:crypto'
import {
  type SoftwareAuthenticator,
  softwareAuthenticator,
} from '@minnaken/auth/software-authenticator'
import { seedAccount } from '@minnaken/auth/testing'
import { testDatabase } from '@minnaken/db/testing'
import { type Instant, uuidv7 } from '@minnaken/domain'
import { createLog } from '@minnaken/http'
import { openWallet, verifyLedger } from '@minnaken/ledger'
import { type AdmissionSettings, admissionSettings } from '../src/admission/settings.ts'
import { purchaseService } from '../src/app.ts'
import { type Deps, openDeps } from '../src/deps.ts'
import type { PaymentNotice } from '../src/pay/provider.ts'
import { sandboxProvider } from '../src/pay/sandbox.ts'
import { campaignFile, moments } from './_campaign.ts'

export const origins = {
  resident: 'http://localhost:8080',
  shop: 'http://localhost:8081',
  staff: 'http://localhost:8082',
} as const

export type Answer = Readonly<{
  status: number
  body: Record<string, unknown>
  text: string
  headers: Headers
}>

/** Who is asking: the cookie of a session and the origin it belongs to. */
export type Caller = Readonly<{ accountId: string; headers: Readonly<Record<string, string>> }>

export type Stage = Awaited<ReturnType<typeof setStage>>

type Sent = Readonly<{
  body?: unknown
  raw?: Uint8Array<ArrayBuffer> | string
  key?: string
  headers?: Readonly<Record<string, string>>
}>

const callerOf = (accountId: string, token: string, audience: keyof typeof origins): Caller => ({
  accountId,
  headers: { cookie: `__Host-${audience}=${token}`, origin: origins[audience] },
})

/** The purchase service on a database of its own, as its own role, with a clock to move. */
export async function setStage(
  given: Readonly<{
    connectionsMax?: number
    change?: (deps: Deps) => Deps
    /** How many come in at once; by default as many as come, because the clock stands still. */
    admission?: Partial<AdmissionSettings>
  }> = {},
) {
  const database = await testDatabase()
  const { owner } = database
  const clock: { at: Instant } = { at: moments.beforeApply }
  const now = () => clock.at
  const newId = () => uuidv7(now(), randomBytes(10))
  await owner
    .insertInto('ledger.bucket')
    .values([{ bucket: 0 }, { bucket: 1 }])
    .execute()

  const lines: string[] = []
  const log = createLog({ service: 'purchase', write: (line) => lines.push(line) })
  const sandbox = sandboxProvider('test secret')
  const startService = (change: (deps: Deps) => Deps = (deps) => deps) => {
    const { db } = database.connectAs('purchase', { connectionsMax: given.connectionsMax ?? 8 })
    const settings = { ...admissionSettings(100), ...given.admission }
    const admission = { secret: 'test admission', settings }
    const base = { db, provider: sandbox, sandbox, log, origins, now, newId, randomBytes }
    const deps = change(openDeps({ ...base, admission }))
    return purchaseService(deps, { origins, ready: async () => ({}), checkReplies: true })
  }
  const service = startService(given.change)

  const send = async (
    caller: Caller | null,
    line: `${string} /${string}`,
    { body, raw, key, headers = {} }: Sent = {},
    at = service,
  ): Promise<Answer> => {
    const [method = '', path = ''] = line.split(' ')
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await at.app.request(
      new Request(`http://localhost${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
          ...caller?.headers,
          ...headers,
        },
        ...(content === undefined ? {} : { body: content }),
      }),
    )
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') === true
    return {
      status: response.status,
      body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
      text,
      headers: response.headers,
    }
  }

  /** An account with a session and, for a resident, a wallet, without a ceremony. */
  const account = async (
    role: 'resident' | 'shop_owner' | 'clerk' | 'approver' | 'auditor',
  ): Promise<Caller> => {
    // Sessions of staff last a working day; the clock of these tests moves over months.
    const { accountId, sessionToken } = await seedAccount(owner, { role, at: now() })
    await owner
      .updateTable('auth.session')
      .set({ expires_at: new Date(now() + 400 * 86_400_000) })
      .where('account_id', '=', accountId)
      .execute()
    if (role === 'resident')
      await owner
        .transaction()
        .execute((tx) => openWallet(tx, { accountId, walletId: newId(), at: now() }))
    const audience = role === 'resident' ? 'resident' : role === 'shop_owner' ? 'shop' : 'staff'
    return callerOf(accountId, sessionToken, audience)
  }

  /** The session that an answer opened, in the hands of a resident with this phone. */
  const opened = (answer: Answer, phone: SoftwareAuthenticator) => {
    const token = /__Host-resident=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1]
    const caller = callerOf(String(answer.body['accountId']), token ?? '', 'resident')
    return { ...caller, phone, answer }
  }
  const fromApp = { headers: { origin: origins.resident } }

  /** A resident who registers with a passkey, over the service's own routes. */
  const register = async (phone = softwareAuthenticator()) => {
    const begun = await send(null, 'POST /v1/passkeys/registration-options', fromApp)
    const { challengeId, options } = begun.body
    const response = phone.create(options as Parameters<typeof phone.create>[0], origins.resident)
    const body = { challengeId, response }
    return opened(await send(null, 'POST /v1/passkeys', { ...fromApp, body }), phone)
  }

  /** A resident who signs in again with the same phone. */
  const signIn = async (phone: SoftwareAuthenticator) => {
    const begun = await send(null, 'POST /v1/sessions/options', fromApp)
    const { challengeId, options } = begun.body
    const response = phone.get(options as Parameters<typeof phone.get>[0], origins.resident)
    const body = { challengeId, response }
    return opened(await send(null, 'POST /v1/sessions', { ...fromApp, body }), phone)
  }

  const clerk = await account('clerk')
  const openCampaign = (changes: Readonly<Record<string, unknown>> = {}) =>
    send(clerk, 'POST /v1/campaigns', { raw: JSON.stringify(campaignFile(changes)) })

  let campaigns = 0
  let people = 0
  /** Somebody else each time, old enough and of the ward. */
  const wishOf = (units: number, wish: Readonly<Record<string, unknown>> = {}) => {
    people += 1
    return {
      units,
      group: 'RESIDENT',
      name: `未来 太郎${people}`,
      nameKana: 'みらい たろう',
      birthDate: '1980-04-01',
      address: `みらい区中央1-2-${people}`,
      ...wish,
    }
  }

  return {
    ...database,
    clock,
    lines,
    service,
    startService,
    sandbox,
    clerk,
    newId,
    send,
    account,
    register,
    signIn,
    openCampaign,
    /** The code of a campaign that this test has to itself. */
    newCode: () => {
      campaigns += 1
      return `MIRAI${campaigns}`
    },
    wishOf,
    /** Delivers a notice as the payment company would, signed now. */
    deliver: (notice: PaymentNotice, at = service) => {
      const { headers, bytes } = sandbox.signNotice(notice, now())
      return send(
        null,
        'POST /v1/webhooks/payments',
        { raw: new Uint8Array(bytes), headers: Object.fromEntries(headers) },
        at,
      )
    },
    /** Throws unless every yen is where it belongs. */
    assertBooksBalance: async () => {
      const verified = await verifyLedger(database.connectAs('auditor').db)
      if (!verified.balanced) throw new Error(JSON.stringify(verified))
    },
  }
}

/** How many answers had which status, as `201 1, 409 19`. */
export const tally = (values: readonly unknown[]): string => {
  const counts = new Map<string, number>()
  for (const value of values.map(String)) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .map(([value, count]) => `${value} ${count}`)
    .toSorted()
    .join(', ')
}

export const newKey = (): string => randomUUID()

/** Takes a campaign with these wishes up to its published result; answers who wished what. */
export async function drawFor(
  stage: Stage,
  wishes: readonly number[],
  changes: Readonly<{ id?: string; [field: string]: unknown }> = {},
): Promise<Caller[]> {
  const { clock, send, clerk } = stage
  const opened = await stage.openCampaign(changes)
  if (opened.status !== 201) throw new Error(`not opened: ${opened.text}`)
  const code = changes.id ?? 'MIRAI2027'
  clock.at = moments.beforeApply
  clock.at = moments.apply
  await send(clerk, `POST /v1/campaigns/${code}/draw/commit`)
  const people: Caller[] = []
  for (const units of wishes) {
    const person = await stage.account('resident')
    const body = stage.wishOf(units)
    const { status, text } = await send(person, `POST /v1/campaigns/${code}/applications`, { body })
    if (status !== 201) throw new Error(`not applied: ${text}`)
    people.push(person)
  }
  clock.at = moments.applyEnd
  await send(clerk, `POST /v1/campaigns/${code}/draw/freeze`)
  clock.at = moments.draw
  const run = await send(clerk, `POST /v1/campaigns/${code}/draw/run`, {
    body: { confirmNotEveryoneWins: true },
  })
  if (run.status !== 200) throw new Error(`not run: ${run.text}`)
  clock.at = moments.results
  await send(clerk, `POST /v1/campaigns/${code}/draw/publish`)
  clock.at = moments.pay
  return people
}
