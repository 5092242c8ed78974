import { sql } from 'kysely'
import { uuidv7 } from '@minnaken/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LIVE_IDS } from '../src/live/read.ts'
import { NOON, type Stage, setStage } from './_stage.ts'

const DAY_OF_PAYMENTS = 20_000
const shopId = uuidv7(NOON, new Uint8Array(10))

let stage: Stage
beforeAll(async () => {
  stage = await setStage({ buckets: 1 })
  // One payment each four seconds for a day, all at one shop.
  await sql`
    insert into ledger.redemption (bucket, redemption_id, device_id, nonce, wallet_id, shop_id,
      till_id, yen, business_date, decided_at)
    select 0, (lpad(to_hex(${NOON}::bigint - n * 4000), 12, '0') || '7000' || '8000'
        || lpad(to_hex(n), 12, '0'))::uuid,
      gen_random_uuid(), decode(md5(n::text), 'hex'), gen_random_uuid(), ${shopId},
      gen_random_uuid(), 100, '2027-03-10', to_timestamp((${NOON}::bigint - n * 4000) / 1000)
    from generate_series(1, ${DAY_OF_PAYMENTS}::bigint) as n`.execute(stage.owner)
  // And each of them voided.
  await sql`
    insert into ledger.void (bucket, void_id, redemption_id, shop_id, yen, voided_by, actor_id,
      reason, idempotency_key, fingerprint, business_date, decided_at)
    select bucket, redemption_id, redemption_id, shop_id, yen, 'owner', wallet_id,
      '返品', redemption_id::text, sha256(nonce), business_date, decided_at
    from ledger.redemption`.execute(stage.owner)
})
afterAll(() => stage.drop())

type Node = Readonly<{
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: readonly Node[]
}>

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

/** What PostgreSQL read of the payments for one look of the live board. */
async function look(shopIds: readonly string[]) {
  const client = await stage.service.deps.pool.connect()
  try {
    await client.query(`prepare look (int, timestamptz, uuid, uuid[], uuid[]) as ${LIVE_IDS}`)
    const since = NOON - 60_000
    const least = uuidv7(since - 10_000, new Uint8Array(10))
    const { rows } = await client.query<{ 'QUERY PLAN': readonly [{ Plan: Node }] }>(
      `explain (analyze, format json) execute look
        (0, '${new Date(since).toISOString()}', '${least}', '{${shopIds.join()}}', '{}')`,
    )
    await client.query('deallocate look')
    const [row] = rows
    if (row === undefined) throw new Error('no plan')
    const scans = nodesOf(row['QUERY PLAN'][0].Plan).filter((it) => 'Relation Name' in it)
    const read = scans.reduce(
      (sum, it) =>
        sum + it['Actual Loops'] * (it['Actual Rows'] + (it['Rows Removed by Filter'] ?? 0)),
      0,
    )
    return { read, by: scans.map((it) => it['Index Name']) }
  } finally {
    client.release()
  }
}

test.each(['never analyzed', 'analyzed'])(
  'a look for shops reads a minute and not the day, on tables that were %s',
  async (state) => {
    if (state === 'analyzed') await sql`analyze ledger.redemption, ledger.void`.execute(stage.owner)
    const { read, by } = await look([shopId])
    expect(by).toEqual(['redemption_pkey', 'redemption_by_wallet', 'void_pkey'])
    // A minute, and ten seconds for a clock that was put back, of one payment and one void each 4 s.
    expect(read).toBe(2 * 17)
  },
)

test('a look for wallets alone reads no payments of shops', async () => {
  expect((await look([])).read).toBe(0)
})
