import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { february, ok, openOffice } from './_run.ts'
import { type Stage, setStage } from './_stage.ts'

const SHOPS = 3_700

test('more statements and shares than one statement of PostgreSQL can hold are all written', async () => {
  const stage = await setStage({ buckets: 2 })
  try {
    const office = await openOffice(stage)
    await openMany(stage, office.clerk.accountId)
    const { runId } = ok(await office.close(february)).body
    const { fileSha256 } = ok(await office.check(runId)).body
    const { body } = ok(await office.approve(runId, fileSha256))
    expect(body).toMatchObject({ shops: SHOPS, transfers: SHOPS, payableYen: SHOPS * 300 })
    const { rows } = await sql`select (select count(*) from settlement.share) as shares,
      (select count(*) from settlement.payout) as payouts,
      (select count(*) from ledger.posting where event = 'payout_approved') as postings`.execute(
      stage.owner,
    )
    expect(rows).toEqual([{ shares: SHOPS * 2, payouts: SHOPS, postings: SHOPS * 2 }])
    const { bytes } = await office.fileOf(runId)
    expect(bytes).toHaveLength((SHOPS + 3) * 122)
  } finally {
    await stage.drop()
  }
}, 60_000)

/** Shops of an owner each, and in each of two buckets a payment to every one of them. */
async function openMany({ owner }: Stage, clerkId: string): Promise<void> {
  const id = (part: string) =>
    sql`(${sql.lit(`00000000-0000-7000-8${part}-`)} || lpad(i::text, 12, '0'))::uuid`
  const each = sql`from generate_series(1, ${SHOPS}) i`
  const at = sql`timestamptz '2027-02-01T12:00:00+09:00'`
  await sql`insert into auth.account (account_id, role, created_at)
    select ${id('000')}, 'shop_owner', ${at} ${each}`.execute(owner)
  await sql`insert into shop.payee (payee_id, payee_no, owner_account_id)
    select ${id('001')}, lpad(i::text, 10, '0'), ${id('000')} ${each}`.execute(owner)
  await sql`insert into shop.payee_account (payee_account_id, payee_id, bank_code, branch_code,
      account_type, account_number, holder_half, state, proposed_at, confirmed_at, checked_at,
      checked_by)
    select ${id('002')}, ${id('001')}, '9999', '101', 1, lpad(i::text, 7, '0'), 'ﾐﾗｲ', 'active',
      ${at}, ${at}, ${at}, ${clerkId}::uuid ${each}`.execute(owner)
  await sql`insert into shop.shop (shop_id, shop_no, owner_account_id, payee_id, name, address,
      category, large_retail_facility, facility_role, shop_class, state, state_since, decided_by,
      applied_at)
    select ${id('003')}, lpad(i::text, 6, '0'), ${id('000')}, ${id('001')}, '店' || i,
      'みらい区', 'retail', false, 'none', 'SMALL', 'active', ${at}, ${clerkId}::uuid, ${at}
    ${each}`.execute(owner)
  await sql`insert into ledger.redemption (bucket, redemption_id, device_id, nonce, wallet_id,
      shop_id, till_id, yen, business_date, decided_at)
    select b, gen_random_uuid(), gen_random_uuid(), decode(md5(i || ' ' || b), 'hex'),
      gen_random_uuid(), ${id('003')}, gen_random_uuid(), 100 + 100 * b, '2027-02-01', ${at}
    from generate_series(1, ${SHOPS}) i cross join generate_series(0, 1) b`.execute(owner)
  await sql`insert into ledger.leg (bucket, posting_id, leg_no, debit_account, credit_account, yen)
    select bucket, redemption_id, 1, 'VOUCHER:COMMON', 'SHOP_PAYABLE:' || shop_no, yen
    from ledger.redemption join shop.shop using (shop_id)`.execute(owner)
}
