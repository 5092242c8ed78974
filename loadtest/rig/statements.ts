import { ownerPool } from './database.ts'

/** A statement as PostgreSQL counted it, for `--explain`. */
export type CountedStatement = Readonly<{
  text: string
  calls: number
  totalMs: number
  meanMs: number
  rowsEach: number
  blocksEach: number
  planMs: number
}>

/** Forgets what was counted while seeding. */
export const resetStatements = (ownerUrl: string): Promise<void> =>
  ownerPool(ownerUrl, async (pool) => {
    await pool.query('select pg_stat_statements_reset()')
  })

/** The statements that took most time, without what the rig asked itself. */
export const topStatements = (ownerUrl: string): Promise<CountedStatement[]> =>
  ownerPool(ownerUrl, async (pool) => {
    const { rows } = await pool.query<CountedStatement>(
      `select left(regexp_replace(query, '\\s+', ' ', 'g'), 200) as text, calls,
        round(total_exec_time::numeric, 1)::float8 as "totalMs",
        round(mean_exec_time::numeric, 3)::float8 as "meanMs",
        round(rows::numeric / calls, 1)::float8 as "rowsEach",
        round((shared_blks_hit + shared_blks_read)::numeric / calls, 1)::float8 as "blocksEach",
        round(total_plan_time::numeric, 1)::float8 as "planMs"
       from pg_stat_statements s join pg_roles r on r.oid = s.userid
       where r.rolname like 'minnaken\\_%' and calls > 0
       order by total_exec_time desc limit 15`,
    )
    return rows
  })
