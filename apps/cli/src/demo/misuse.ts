import type { Person } from '../people/people.ts'
import { CODE_YEN_MAX } from './campaign.ts'
import { type DemoTill, type Journal, pay } from './journal.ts'
import type { Resident } from './residents.ts'
import type { Stage } from './stage.ts'
import { tillAt } from './week.ts'

type Misuse = Readonly<{
  customers: readonly Resident[]
  tills: readonly DemoTill[]
  journal: Journal
}>

/** Codes that must not work, amounts that are too much, and vouchers that a shop does not take. */
export async function tryMisuse(stage: Stage, misuse: Misuse): Promise<void> {
  const { customers, tills } = misuse
  const till = tillAt(tills, 1)
  const payer = customers[1] ?? customers[0]
  const refuse = refuser(stage, misuse.journal)
  await refuse('他社のコードは使えない', 'code_foreign', {
    till,
    code: '281006020000000000000000',
    yen: 100,
  })
  if (payer === undefined) return
  const now = stage.now()
  const fresh = await payer.phone.code(now)
  await refuse('1分を過ぎたコードは使えない', 'code_expired', {
    till,
    code: await payer.phone.code(now - 66_000),
    yen: 100,
  })
  await refuse('作りものの署名は通らない', 'code_forged', {
    till,
    code: `${fresh.slice(0, -3)}${fresh.endsWith('000') ? '111' : '000'}`,
    yen: 100,
  })
  await refuse('上限を超えると確認がいる', 'confirmation_needed', {
    till,
    code: await payer.phone.code(now),
    yen: CODE_YEN_MAX + 1,
  })
  await trySpendingMore(stage, misuse)
}

/**
 * One yen more than a customer has, and one yen more than a large shop may take of it. Whoever has
 * so much that the limit of one code comes first is passed over.
 */
async function trySpendingMore(stage: Stage, { customers, tills, journal }: Misuse): Promise<void> {
  const refuse = refuser(stage, journal)
  const large = tills.find(({ shop }) => shop.shopClass === 'LARGE')
  let isAllTried = false
  let isLargeTried = large === undefined
  for (const { person, phone } of customers.slice(0, 50)) {
    const held = await balancesOf(stage, person)
    const all = sum(held)
    const atLarge = sum(held.filter(({ acceptedBy }) => acceptedBy.includes('LARGE')))
    const code = () => phone.code(stage.now())
    if (!isAllTried && all < CODE_YEN_MAX) {
      isAllTried = true
      const asked = { till: tillAt(tills, 1), code: await code(), yen: all + 1 }
      await refuse('残高を超えては使えない', 'balance_too_small', asked)
    }
    if (!isLargeTried && large !== undefined && atLarge < all && atLarge < CODE_YEN_MAX) {
      isLargeTried = true
      const asked = { till: large, code: await code(), yen: atLarge + 1 }
      await refuse('限定券は大型店では使えない', 'balance_too_small', asked)
    }
    if (isAllTried && isLargeTried) return
  }
}

type Balance = Readonly<{ remainingYen: number; acceptedBy: readonly string[] }>

async function balancesOf(stage: Stage, person: Person): Promise<readonly Balance[]> {
  const url = `${stage.urls.purchase}/v1/wallet`
  const { balances } = await person.get({ method: 'GET', url })
  return balances as Balance[]
}

const sum = (held: readonly Balance[]): number =>
  held.reduce((total, { remainingYen }) => total + remainingYen, 0)

const refuser =
  (stage: Stage, journal: Journal) =>
  async (
    name: string,
    expected: string,
    asked: Readonly<{ till: DemoTill; code: string; yen: number }>,
  ): Promise<void> => {
    const paid = await pay(journal, { ...asked, now: stage.now() })
    const problem = paid.kind === 'refused' ? paid.problem : paid.kind
    stage.expect(name, problem === expected, problem)
  }
