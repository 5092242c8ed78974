import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkBooks } from '../rig/books.ts'
import { ownerPool } from '../rig/database.ts'
import { type Entry, resolveUnknown } from '../rig/journal.ts'
import type { RunningService } from '../rig/process.ts'
import { setRig } from './_seeded.ts'

const PAYMENTS = 200
const HISTORY = 300

let stage: Awaited<ReturnType<typeof setRig>>
let service: RunningService
let entries: readonly Entry[]

beforeAll(async () => {
  stage = await setRig(HISTORY)
  const { rig } = stage
  service = await rig.startRedemption()
  const payments = await rig.payments({ count: PAYMENTS, startAt: Date.now() })
  entries = (await rig.closedLoop(service, payments, { connections: 8 })).result.entries
})
afterAll(() => stage.drop())

const rulesOf = async (heard: readonly Entry[]): Promise<string[]> =>
  (await stage.books(heard)).findings.map(({ rule }) => rule)

const idOf = (entry: Entry | undefined): string =>
  entry?.heard.kind === 'taken' ? entry.heard.redemptionId : ''

/** Does something to the ledger as the owner, looks at the books, and puts the ledger back. */
async function rulesWith(statements: readonly string[]): Promise<string[]> {
  const { ownerUrl } = stage.database
  const kept = ['replay', 'redemption', 'leg', 'lot']
  return ownerPool(ownerUrl, async (pool) => {
    for (const table of kept)
      await pool.query(`create table kept_${table} as table ledger.${table}`)
    try {
      for (const statement of statements) await pool.query(statement)
      return await rulesOf(entries)
    } finally {
      for (const table of kept) await pool.query(`delete from ledger.${table}`)
      for (const table of kept.toReversed()) {
        await pool.query(`insert into ledger.${table} select * from kept_${table}`)
        await pool.query(`drop table kept_${table}`)
      }
    }
  })
}

const uuidOf = (id: string): string => id.slice(id.indexOf('-') + 1)

/** Gives a payment back to its lots and takes it out of the book, as if it had never been. */
const undo = (id: string): string[] => [
  `update ledger.lot set remaining_yen = remaining_yen + leg.yen
   from ledger.leg where leg.posting_id = '${id}' and lot.lot_id = leg.lot_id`,
  `delete from ledger.leg where posting_id = '${id}'`,
  `delete from ledger.redemption where redemption_id = '${id}'`,
]

describe('the books', () => {
  test('balance after a run: each code that was signed ahead is a payment, once', async () => {
    const books = await stage.books(entries)
    expect(books).toMatchObject({ balanced: true, acknowledged: PAYMENTS, inLedger: PAYMENTS })
    expect(books.refused).toEqual({})
    expect(books.yen).toBe(entries.reduce((sum, { payment }) => sum + payment.yen, 0))
  })

  test('find an acknowledged payment that is not in the ledger', async () => {
    const id = uuidOf(idOf(entries[3]))
    const rules = await rulesWith([`delete from ledger.redemption where redemption_id = '${id}'`])
    expect(rules).toContain('what_was_acknowledged_is_in_the_ledger')
    expect(rules).toContain('ledger: every_leg_has_its_heading')
  })

  test('find one that vanished whole, which every sum in the database allows', async () => {
    expect(await rulesWith(undo(uuidOf(idOf(entries[3]))))).toEqual([
      'what_was_acknowledged_is_in_the_ledger',
    ])
  })

  test('find a payment that was taken twice', async () => {
    const id = uuidOf(idOf(entries[5]))
    const twin = '01900000-0000-7000-8000-000000000001'
    const rules = await rulesWith([
      `insert into ledger.redemption (bucket, redemption_id, device_id, nonce, wallet_id, shop_id,
         till_id, yen, business_date, decided_at)
       select bucket, '${twin}', device_id, set_byte(nonce, 15, 255 - get_byte(nonce, 15)),
         wallet_id, shop_id, till_id, yen, business_date, decided_at from ledger.redemption where redemption_id = '${id}'`,
      `insert into ledger.leg (bucket, posting_id, leg_no, debit_account, credit_account, yen,
         campaign_id, lot_id)
       select bucket, '${twin}', leg_no, debit_account, credit_account, yen, campaign_id, lot_id
       from ledger.leg where posting_id = '${id}'`,
      `update ledger.lot set remaining_yen = remaining_yen - leg.yen
       from ledger.leg where leg.posting_id = '${twin}' and lot.lot_id = leg.lot_id`,
    ])
    expect(rules).toEqual(['what_is_in_the_ledger_was_acknowledged'])
  })

  test('find a payment over another amount, at another till, of another wallet', async () => {
    const id = uuidOf(idOf(entries[7]))
    const change = (what: string): Promise<string[]> =>
      rulesWith([`update ledger.redemption set ${what} where redemption_id = '${id}'`])
    expect(await change('yen = yen + 1')).toContain('a_payment_is_as_it_was_asked')
    expect(await change(`till_id = '${id}'`)).toContain('a_payment_is_as_it_was_asked')
    expect(await change(`wallet_id = '${id}'`)).toContain('a_payment_is_as_it_was_asked')
    expect(await change(`device_id = '${id}'`)).toContain('a_payment_is_as_it_was_asked')
  })

  test('find a payment that nobody was told of', async () => {
    expect(await rulesOf(entries.slice(1))).toEqual(['what_is_in_the_ledger_was_acknowledged'])
  })

  test('find that a till heard of another amount, or of two payments for one code', async () => {
    const [first, second, ...rest] = entries
    if (first === undefined || second === undefined) throw new Error('there were payments')
    const other = { kind: 'taken', redemptionId: idOf(first), yen: first.payment.yen + 1 } as const
    expect(await rulesOf([{ ...first, heard: other }, second, ...rest])).toEqual([
      'the_amount_is_the_one_asked',
    ])
    expect(await rulesOf([...entries, { ...first, heard: second.heard }])).toContain(
      'one_code_is_one_payment',
    )
    expect(await rulesOf([{ ...first, heard: second.heard }, second, ...rest])).toContain(
      'one_payment_is_one_code',
    )
  })

  test('know a payment that the payer sent: it is at the printed code of the shop that was read', async () => {
    const { rig } = stage
    const count = 10
    const payments = await rig.payments({ count, startAt: Date.now(), by: () => 'payer' })
    const sent = (await rig.closedLoop(service, payments, { connections: 2 })).result.entries
    expect(sent.map(({ heard }) => heard.kind)).toEqual(
      Array.from({ length: count }, () => 'taken'),
    )
    expect(await rulesOf([...entries, ...sent])).toEqual([])
    const atTill = sent.map((entry) => ({ ...entry, payment: { ...entry.payment, till: 0 } }))
    const rules = await rulesOf([...entries, ...atTill])
    expect(new Set(rules)).toEqual(new Set(['a_payment_is_as_it_was_asked']))
    entries = [...entries, ...sent]
    const elsewhere = `update ledger.redemption r set till_id = t.till_id from redemption.till t
      where t.shop_id = r.shop_id and not t.is_printed and r.redemption_id = '${uuidOf(idOf(sent[0]))}'`
    expect(await rulesWith([elsewhere])).toContain('a_payment_is_as_it_was_asked')
  })

  test('find an outcome that is still unknown, and none once it was asked for again', async () => {
    const [first, ...rest] = entries
    if (first === undefined) throw new Error('there were payments')
    const unknown: readonly Entry[] = [{ ...first, status: 0, heard: { kind: 'unknown' } }, ...rest]
    expect(await rulesOf(unknown)).toContain('every_outcome_is_known')
    const busy = { ...first, status: 503, heard: { kind: 'refused', code: 'busy' } } as const
    expect(await rulesOf([...unknown, busy])).toContain('every_outcome_is_known')
    const expired = { ...first, status: 409, heard: { kind: 'refused', code: 'expired' } } as const
    expect(await rulesOf([...unknown, expired])).not.toContain('every_outcome_is_known')
    const { wireOf } = stage.rig
    const resolved = await resolveUnknown(unknown, { url: service.urls[0] ?? '', wireOf })
    expect(resolved.map(idOf)).toEqual([idOf(first)])
    expect(await rulesOf([...unknown, ...resolved])).toEqual([])
  })

  test('find two lots that are wrong by as much, also by the cheaper check', async () => {
    const { ownerUrl } = stage.database
    const { seeded } = stage
    const cheap = async () =>
      (await checkBooks({ ownerUrl, seeded, entries, proof: 'run' })).findings.map(
        ({ rule }) => rule,
      )
    expect(await cheap()).toEqual([])
    const wrong = await ownerPool(ownerUrl, async (pool) => {
      const { rows } = await pool.query<{ id: string }>(
        `select lot_id as id from ledger.lot
         where remaining_yen between 10 and issued_yen - 10 order by lot_id limit 2`,
      )
      const add =
        'update ledger.lot set remaining_yen = remaining_yen + $1::bigint where lot_id = $2'
      const move = async (by: number): Promise<void> => {
        await pool.query(add, [by, rows[0]?.id])
        await pool.query(add, [-by, rows[1]?.id])
      }
      await move(1)
      try {
        return await cheap()
      } finally {
        await move(-1)
      }
    })
    expect(wrong).toEqual(['what_is_gone_from_a_lot_was_taken'])
  })

  test('find an earlier redemption that is gone, whatever the sums say', async () => {
    const [old] = await ownerPool(stage.database.ownerUrl, async (pool) => {
      const query = 'select redemption_id as id from ledger.redemption order by decided_at limit 1'
      return (await pool.query<{ id: string }>(query)).rows
    })
    expect(await rulesWith(undo(old?.id ?? ''))).toEqual(['what_was_there_before_still_is'])
  })
})
