import { type Pool } from '@minnaken/db'
import { ownerPool } from './database.ts'
import { rounded } from './latency.ts'
import type { OpenSale, Person } from './open-sale.ts'

/** One try of one person, as the person's own journal has it. */
export type Attempt = Readonly<{
  person: number
  kind: 'apply' | 'buy'
  units: number
  status: number
  /** `accepted`, `no_answer`, or the code of the problem that was answered. */
  code: string
  /** The number of the application, or the id of the order, if one was named. */
  id: string
  at: number
  ms: number
}>

/** Reads the lines `S person apply|buy units status code id at ms`. */
export function attemptsIn(lines: readonly string[]): Attempt[] {
  return lines.flatMap((line) => {
    const words = line.split(' ')
    const [mark, person, kind, units, status, code = '', id = '', at, ms] = words
    if (mark !== 'S' || (kind !== 'apply' && kind !== 'buy')) return []
    return [
      {
        person: Number(person),
        kind,
        units: Number(units),
        status: Number(status),
        code,
        id,
        at: Number(at),
        ms: Number(ms),
      },
    ]
  })
}

export type SaleBooks = Readonly<{
  balanced: boolean
  /** How often each answer was given, by what was asked for. */
  answers: Readonly<Record<'apply' | 'buy', Readonly<Record<string, number>>>>
  people: number
  applicationsAccepted: number
  applicationsInDatabase: number
  ordersAccepted: number
  ordersInDatabase: number
  unitsSold: number
  unitsInStock: number
  findings: readonly Readonly<{ rule: string; about: string }>[]
}>

type Row = Readonly<{ accountId: string; id: string; isKept: boolean; units: number }>

type Find = (rule: string, about: string) => void

/**
 * Holds what people were told against what the sale has: every accepted application and order is
 * there, theirs and over as many units as they asked for, nothing is there of which nobody was told
 * or may have been told, and no more was sold than there was.
 */
export async function checkSale(
  ownerUrl: string,
  { people, apply, sale }: OpenSale,
  attempts: readonly Attempt[],
): Promise<SaleBooks> {
  const findings: { rule: string; about: string }[] = []
  const find: Find = (rule, about) => findings.push({ rule, about })
  const [applications, orders, stock] = await ownerPool(ownerUrl, (pool) =>
    Promise.all([
      applicationsOf(pool, apply.campaignId),
      ordersOf(pool, sale.campaignId),
      stockOf(pool, sale.campaignId),
    ]),
  )
  const of = (kind: Attempt['kind']) => attempts.filter((it) => it.kind === kind)
  const accepted = compare(of('apply'), { rows: applications, people, find })
  const bought = compare(of('buy'), { rows: orders, people, find })
  const unitsSold = orders.reduce((sum, { isKept, units }) => sum + (isKept ? units : 0), 0)
  if (unitsSold > sale.units) find('no_more_is_sold_than_there_is', `${unitsSold} of ${sale.units}`)
  if (stock.free + unitsSold !== sale.units)
    find('what_is_left_and_what_is_sold_is_the_stock', `${stock.free} + ${unitsSold}`)
  return {
    balanced: findings.length === 0,
    answers: { apply: counted(of('apply')), buy: counted(of('buy')) },
    people: new Set(attempts.map(({ person }) => person)).size,
    applicationsAccepted: accepted,
    applicationsInDatabase: applications.length,
    ordersAccepted: bought,
    ordersInDatabase: orders.length,
    unitsSold,
    unitsInStock: sale.units,
    findings: findings.slice(0, 50),
  }
}

/** Answers how many were accepted. */
function compare(
  attempts: readonly Attempt[],
  { rows, people, find }: Readonly<{ rows: readonly Row[]; people: readonly Person[]; find: Find }>,
): number {
  const byAccount = new Map(rows.map((row) => [row.accountId, row]))
  if (byAccount.size !== rows.length) find('one_each', `${rows.length} of ${byAccount.size} people`)
  const accepted = new Map<string, string>()
  const mayHave = new Set<string>()
  const unitsAsked = new Map<string, number>()
  for (const { person, code, id, status, units } of attempts) {
    const accountId = people[person]?.accountId ?? ''
    unitsAsked.set(accountId, units)
    if (isOpen(code, status)) mayHave.add(accountId)
    if (code !== 'accepted') continue
    const earlier = accepted.get(accountId)
    if (earlier !== undefined && earlier !== id) find('one_each', `${earlier} and ${id}`)
    accepted.set(accountId, id)
  }
  for (const [accountId, id] of accepted) {
    const row = byAccount.get(accountId)
    if (row?.id !== id || !row.isKept) find('what_was_accepted_is_kept', id)
  }
  for (const { accountId, id, units } of rows) {
    if (!accepted.has(accountId) && !mayHave.has(accountId)) find('what_is_kept_was_accepted', id)
    else if (units !== unitsAsked.get(accountId)) find('the_units_are_those_asked_for', id)
  }
  return accepted.size
}

/** How many people heard between two moments that they are accepted: the first time that they did. */
export function acceptedWithin(
  attempts: readonly Attempt[],
  { from, until }: Readonly<{ from: number; until: number }>,
) {
  const first = new Map<string, Attempt>()
  for (const attempt of attempts) {
    const who = `${attempt.kind} ${attempt.person}`
    const earlier = first.get(who)
    if (attempt.code === 'accepted' && (earlier === undefined || attempt.at < earlier.at))
      first.set(who, attempt)
  }
  const within = [...first.values()].filter(({ at }) => at >= from && at < until)
  const apply = within.filter(({ kind }) => kind === 'apply').length
  const perSecond = rounded(within.length / ((until - from) / 1_000), 1)
  return { apply, buy: within.length - apply, perSecond }
}

/** No answer, or one that does not say whether it took effect. */
const isOpen = (code: string, status: number): boolean =>
  code === 'no_answer' || code === 'outcome_unknown' || status === 500 || status === 202

const counted = (attempts: readonly Attempt[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { code } of attempts) counts[code] = (counts[code] ?? 0) + 1
  return counts
}

async function applicationsOf(pool: Pool, campaignId: string): Promise<Row[]> {
  const { rows } = await pool.query<Row>(
    `select account_id as "accountId", application_no as id, state = 'active' as "isKept",
      units_wanted as units
     from sale.application where campaign_id = $1`,
    [campaignId],
  )
  return rows
}

async function ordersOf(pool: Pool, campaignId: string): Promise<Row[]> {
  const { rows } = await pool.query<Row>(
    `select account_id as "accountId", order_id as id, state in ('reserved', 'paid') as "isKept",
      units
     from sale."order" where campaign_id = $1`,
    [campaignId],
  )
  return rows
}

async function stockOf(pool: Pool, campaignId: string): Promise<Readonly<{ free: number }>> {
  const { rows } = await pool.query<{ free: number }>(
    'select units_free as free from sale.stock where campaign_id = $1',
    [campaignId],
  )
  const [row] = rows
  if (row === undefined) throw new Error('a campaign has a stock')
  return row
}
