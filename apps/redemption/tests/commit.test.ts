import { connect } from '@minnaken/db'
import { testDatabase, type TestDatabase } from '@minnaken/db/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction, OutcomeUnknown } from '../src/transaction.ts'

let database: TestDatabase
let owner: ReturnType<typeof connect>
beforeAll(async () => {
  database = await testDatabase({ empty: true })
  owner = connect({ url: database.ownerUrl, applicationName: 'minnaken-test', connectionsMax: 4 })
  await sql`create table entry (word text primary key)`.execute(owner.db)
  await sql
    .raw(
      `create function at_commit() returns trigger language plpgsql as $$
       begin
         if new.word like 'unconfirmed%' then
           raise warning 'canceling wait for synchronous replication due to user request';
         elsif new.word = 'slow' then
           perform pg_sleep(4);
         elsif new.word = 'refused' then
           raise exception 'refused at commit';
         end if;
         return null;
       end $$;
       create constraint trigger at_commit after insert on entry
         deferrable initially deferred for each row execute function at_commit();`,
    )
    .execute(owner.db)
})
afterAll(async () => {
  await owner.close()
  await database.drop()
})

const write = (word: string) =>
  inTransaction(owner.pool, async (tx) => {
    await tx.query({ text: 'insert into entry values ($1)', values: [word] })
    return word
  })
const words = async () =>
  (await sql<{ word: string }>`select word from entry`.execute(owner.db)).rows.map(
    ({ word }) => word,
  )

test('a commit that PostgreSQL confirms is a success', async () => {
  expect(await write('confirmed')).toBe('confirmed')
  expect(await words()).toContain('confirmed')
})

test('a commit that no standby confirmed is not reported as a success', async () => {
  await expect(write('unconfirmed')).rejects.toThrow(OutcomeUnknown)
  expect(await words()).toContain('unconfirmed')
})

test('a commit that is not answered within three seconds is not reported as a success', async () => {
  const startedAt = performance.now()
  await expect(write('slow')).rejects.toThrow(OutcomeUnknown)
  expect(performance.now() - startedAt).toBeLessThan(3_900)
})

test('a connection that is lost before the commit leaves the outcome unknown', async () => {
  const lost = inTransaction(owner.pool, async (tx) => {
    const { rows } = await tx.query<{ pid: number }>({ text: 'select pg_backend_pid() as pid' })
    await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(owner.db)
    await tx.query({ text: 'insert into entry values ($1)', values: ['lost'] })
  })
  await expect(lost).rejects.toThrow(OutcomeUnknown)
})

test('what PostgreSQL refuses is no unknown outcome: nothing was written', async () => {
  const refused = write('refused')
  await expect(refused).rejects.toThrow('refused at commit')
  await expect(refused).rejects.not.toThrow(OutcomeUnknown)
  await expect(write('confirmed')).rejects.toThrow('duplicate key')
  expect(await words()).not.toContain('refused')
})
