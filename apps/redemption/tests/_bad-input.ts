import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Stage } from './_stage.ts'

/** How many rows there are of everything this service writes, and what the lots hold. */
async function everythingWritten({ owner }: Stage): Promise<unknown> {
  const { rows } = await sql`select
    (select count(*) from ledger.redemption) as redemptions,
    (select count(*) from ledger.leg) as legs,
    (select count(*) from ledger.void) as voids,
    (select count(*) from ledger.replay) as replays,
    (select sum(remaining_yen) from ledger.lot) as remaining,
    (select count(*) from redemption.till) as tills,
    (select count(*) from redemption.till where revoked_at is not null) as revoked_tills,
    (select count(*) from redemption.join_code) as join_codes,
    (select count(*) from redemption.device) as devices,
    (select count(*) from redemption.device where revoked_at is not null) as revoked_devices,
    (select count(*) from redemption.device_key) as keys`.execute(owner)
  return rows[0]
}

export type Sent = Readonly<{
  method?: string
  path: string
  body?: string
  headers?: Readonly<Record<string, string>>
}>

/**
 * Sends what a broken or hostile caller may send; answers the problem it is told, which is always
 * whole (a stable code, words in Japanese and English, the number of the request), and nothing
 * is written.
 */
export async function askBadly(
  stage: Stage,
  { method = 'POST', path, body, headers }: Sent,
): Promise<Record<string, unknown>> {
  const before = await everythingWritten(stage)
  const response = await stage.service.app.request(
    new Request(`http://localhost${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    }),
  )
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const document = (await response.json()) as Record<string, unknown>
  expect(document).toMatchObject({
    type: `urn:minnaken:problem:${String(document['code'])}`,
    status: response.status,
    title: expect.stringMatching(/[ぁ-んァ-ヶ一-龠]/),
    titleEn: expect.stringMatching(/^[\x20-\x7e]+$/),
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
  expect(await everythingWritten(stage)).toEqual(before)
  return document
}

/** Which field broke which rule, of a problem that says so. */
export const faultOf = (document: Record<string, unknown>): unknown => {
  const [fault] = (document['faults'] ?? []) as { field: string; rule: string }[]
  return fault === undefined ? undefined : `${fault.field}: ${fault.rule}`
}
