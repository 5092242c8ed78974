import { randomBytes } from 'node:crypto'
import { newToken } from '@minnaken/auth'
import { type Instant, addDays, jstDateOf } from '@minnaken/domain'
import { type CampaignFile, campaignAround } from './campaign.ts'
import { ownerClient, ownerPool, settleDown } from './database.ts'
import { type Resident, bucketOf, idAt, loadResidents } from './residents.ts'

/** Somebody who comes to apply or to buy: signed in, with an empty wallet. */
export type Person = Pick<Resident, 'accountId' | 'sessionToken'>

type Opened = Readonly<{ campaignId: string; code: string; units: number }>

/** What is open to residents: a campaign to apply to, and one whose units are for sale to anyone. */
export type OpenSale = Readonly<{ people: readonly Person[]; apply: Opened; sale: Opened }>

/** Opens a campaign for applications and another for sale, and seeds the people who will come. */
export async function openSale(
  ownerUrl: string,
  { name, people: count, units }: Readonly<{ name: string; people: number; units: number }>,
): Promise<OpenSale> {
  const at = Date.now()
  const apply = { campaignId: idAt(at), code: `${name}-APPLY`, units }
  const sale = { campaignId: idAt(at), code: `${name}-SALE`, units }
  await openCampaign(ownerUrl, { at, opened: apply, file: inItsApplyWindow(at, apply) })
  await openCampaign(ownerUrl, {
    at,
    opened: sale,
    file: campaignAround(at, { id: sale.code, units }),
    free: units,
  })
  const people = await loadPeople(ownerUrl, { at, count })
  await settleDown(ownerUrl)
  return { people, apply, sale }
}

/** The same campaign, earlier in its life: people may apply since yesterday. */
function inItsApplyWindow(at: Instant, { code, units }: Opened): CampaignFile {
  const file = campaignAround(at, { id: code, units })
  const day = (days: number): string => `${addDays(jstDateOf(at), days)}T10:00:00+09:00`
  const [, expires] = file.windows.use
  const first = day(30)
  return {
    ...file,
    windows: {
      apply: [day(-1), day(10)],
      draw: day(15),
      results: day(20),
      pay: [first, day(40)],
      secondSale: [day(45), day(50)],
      use: [first, expires ?? file.expiresExclusive],
    },
    issueDate: addDays(jstDateOf(at), 30),
  }
}

const openCampaign = (
  ownerUrl: string,
  {
    at,
    opened: { campaignId, units },
    file,
    free = 0,
  }: Readonly<{ at: Instant; opened: Opened; file: CampaignFile; free?: number }>,
): Promise<void> =>
  ownerPool(ownerUrl, async (pool) => {
    const openedAt = new Date(at - 86_400_000)
    await pool.query(
      `insert into campaign.campaign (campaign_id, code, config, config_sha256, opened_at)
       values ($1, $2, $3, $4, $5)`,
      [campaignId, file.id, JSON.stringify(file), '0'.repeat(64), openedAt],
    )
    await pool.query(
      `insert into sale.stock (campaign_id, units_total, units_free, sale_seq, released_at)
       values ($1, $2, $3, 0, $4)`,
      [campaignId, units, free, free > 0 ? openedAt : null],
    )
  })

async function loadPeople(
  ownerUrl: string,
  { at, count }: Readonly<{ at: Instant; count: number }>,
): Promise<Person[]> {
  const buckets = await ownerPool(ownerUrl, async (pool) => {
    const { rows } = await pool.query<{ bucket: number }>(
      'select bucket from ledger.bucket order by bucket',
    )
    return rows.map(({ bucket }) => bucket)
  })
  const people = Array.from({ length: count }, () => {
    const accountId = idAt(at)
    const bucket = bucketOf(accountId, buckets)
    return { accountId, sessionToken: newToken(randomBytes).token, bucket, walletId: idAt(at) }
  })
  await ownerClient(ownerUrl, (client) => loadResidents(client, people, { at, since: at }))
  return people
}
