import { expect, test } from 'vitest'
import { ownerPool } from '../rig/database.ts'
import { setRig } from './_seeded.ts'

test('what is seeded is known to the planner, and no table is known to be empty', async () => {
  const stage = await setRig()
  try {
    const known = await ownerPool(stage.database.ownerUrl, async (pool) => {
      const { rows } = await pool.query<{ name: string; rows: number }>(
        `select oid::regclass::text as name, reltuples::float8 as rows from pg_class
         where oid in ('ledger.wallet'::regclass, 'ledger.redemption'::regclass)`,
      )
      return new Map(rows.map((row) => [row.name, row.rows]))
    })
    expect(known.get('ledger.wallet')).toBe(stage.seeded.wallets.length)
    expect(known.get('ledger.redemption')).toBe(-1)
  } finally {
    await stage.drop()
  }
})
