import { randomBytes } from 'node:crypto'
import { seedAccount } from '@minnaken/auth/testing'
import { type ConnectOptions } from '@minnaken/db'
import { testDatabase } from '@minnaken/db/testing'
import { type Instant, uuidv7 } from '@minnaken/domain'
import { createLog } from '@minnaken/http'
import { makeDays, verifyLedger } from '@minnaken/ledger'
import { seedCampaign } from '@minnaken/ledger/testing'
import { settlementService } from '../src/app.ts'
import { type Deps, openDeps } from '../src/deps.ts'
import { campaignFile } from './_campaign.ts'

/** Noon on the day after the first closing of the campaign's spending period. */
const NOON = Date.parse('2027-02-16T12:00:00+09:00')

export const origins = {
  resident: 'http://localhost:8080',
  shop: 'http://localhost:8081',
  staff: 'http://localhost:8082',
} as const

export type Role = 'resident' | 'shop_owner' | 'clerk' | 'approver' | 'auditor'

/** Somebody who is signed in: the headers of their browser. */
export type Person = Readonly<{
  accountId: string
  role: Role
  headers: Readonly<Record<string, string>>
}>

export type Stage = Awaited<ReturnType<typeof setStage>>

/** A federation whose vouchers can be spent, and the settlement service on its own role. */
export async function setStage(
  options: Readonly<{
    buckets?: number
    partitioned?: boolean
    settlement?: Readonly<Record<string, unknown>>
    onStep?: (step: string) => void
    connect?: Partial<ConnectOptions>
  }> = {},
) {
  const database = await testDatabase({ partitioned: options.partitioned ?? false })
  const { owner } = database
  let at: Instant = NOON
  const newId = () => uuidv7(at, randomBytes(10))
  const campaignId = newId()
  const file = campaignFile(options.settlement ?? {})
  await owner
    .insertInto('ledger.bucket')
    .values(Array.from({ length: options.buckets ?? 2 }, (_, bucket) => ({ bucket })))
    .execute()
  await seedCampaign(owner, { campaignId, file, at })
  await owner
    .transaction()
    .execute((tx) => makeDays(tx, { first: '2027-02-01', last: '2027-10-02' }))

  const lines: string[] = []
  const startService = (given: Partial<Pick<Deps, 'isBankInvented' | 'onStep'>> = {}) => {
    const connection = database.connectAs('settlement', { connectionsMax: 4, ...options.connect })
    const deps = openDeps({
      db: connection.db,
      origins,
      now: () => at,
      newId,
      randomBytes,
      isBankInvented: true,
      ...(options.onStep === undefined ? {} : { onStep: options.onStep }),
      ...given,
    })
    const log = createLog({ service: 'settlement', write: (text) => lines.push(text) })
    const service = settlementService(deps, {
      origins,
      log,
      ready: async () => ({}),
      checkReplies: true,
    })
    return { ...service, deps }
  }

  /** Signed in for as long as the tests move the clock. */
  const person = async (role: Role): Promise<Person> => {
    const { accountId, sessionToken } = await seedAccount(owner, { role, at })
    await owner
      .updateTable('auth.session')
      .set({ expires_at: new Date('2029-01-01T00:00:00Z') })
      .where('account_id', '=', accountId)
      .execute()
    const [cookie, origin] = cookieOf[role]
    return { accountId, role, headers: { cookie: `${cookie}=${sessionToken}`, origin } }
  }

  const service = startService()
  return {
    database,
    owner,
    campaignId,
    file,
    service,
    startService,
    lines,
    person,
    newId,
    verify: () => verifyLedger(database.connectAs('auditor', { connectionsMax: 1 }).db),
    now: () => at,
    moveTo: (moment: Instant | string) => {
      at = typeof moment === 'string' ? Date.parse(moment) : moment
    },
    drop: () => database.drop(),
  }
}

const cookieOf = {
  resident: ['__Host-resident', origins.resident],
  shop_owner: ['__Host-shop', origins.shop],
  clerk: ['__Host-staff', origins.staff],
  approver: ['__Host-staff', origins.staff],
  auditor: ['__Host-staff', origins.staff],
} as const

export type Answer = Readonly<{
  status: number
  body: Record<string, unknown>
  headers: Headers
}>

export type App = Readonly<{ app: { request: (input: Request) => Response | Promise<Response> } }>

/** Asks as a web app would, over the service's own edge. */
export async function send(
  { app }: App,
  from: Readonly<{ headers: Readonly<Record<string, string>> }> | null,
  line: string,
  body?: unknown,
): Promise<Answer> {
  const [method = 'GET', path = '/'] = line.split(' ')
  const response = await app.request(
    new Request(`http://localhost${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...from?.headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  )
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true
  return {
    status: response.status,
    body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
    headers: response.headers,
  }
}
