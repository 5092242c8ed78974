import { createHash } from 'node:crypto'
import { checkZengin } from '@minnaken/zengin'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changeAccount } from './_account.ts'
import { type Tills, openTills } from './_money.ts'
import { type Office, february, lateFebruary, ok, openOffice, recordsOf } from './_run.ts'
import { accountBody, openShop } from './_shop.ts'
import { type Stage, setStage } from './_stage.ts'

let stage: Stage
let tills: Tills
let office: Office
beforeEach(async () => {
  stage = await setStage({ settlement: { shopFeeBps: 100 } })
  stage.moveTo('2027-02-10T12:00:00+09:00')
  tills = openTills(stage)
  office = await openOffice(stage)
})
afterEach(() => stage.drop())

const noDifference = async () => {
  const { checks, identity } = await stage.verify()
  expect(checks.filter((check) => !check.ok)).toEqual([])
  return identity
}

/** Two payees: one shop alone, and two shops of one owner that share an account. */
async function threeShops() {
  const alone = await openShop(stage, { body: { account: accountBody({ holder: 'カ)ミライ' }) } })
  const account = accountBody({ bankCode: '0001', branchCode: '054', accountType: 2 })
  const first = await openShop(stage, { body: { account } })
  const second = await openShop(stage, { owner: first.owner, body: { account } })
  return { alone, first, second }
}

/** Half-width text as its bytes, one character each: JIS X 0201. */
const half = (text: string): string =>
  Buffer.from(
    Array.from(text, (character) => {
      const code = character.charCodeAt(0)
      return code > 0xff ? code - 0xfec0 : code
    }),
  ).toString('latin1')

describe('the file', () => {
  test('is what the banks want, byte for byte, and adds up to the statements', async () => {
    const { alone, first, second } = await threeShops()
    const purse = await tills.openPurse()
    await tills.redeem(alone, purse, 10_000)
    await tills.redeem(first, purse, 2_000)
    await tills.redeem(second, purse, 333)
    stage.moveTo('2027-02-16T09:00:00+09:00')
    const { runId } = ok(await office.close(february)).body
    const checked = ok(await office.check(runId))
    expect(checked.body).toMatchObject({
      state: 'checked',
      transfers: 2,
      payableYen: 9_900 + 1_980 + 330,
      unpaid: [],
    })
    ok(await office.approve(runId, checked.body['fileSha256']))
    const { bytes, response } = await office.fileOf(runId)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(checked.body['fileSha256'])
    expect(checked.body['fileBytes']).toBe(bytes.length)
    expect(response.headers.get('content-disposition')).toContain('furikomi-0001-2027-02-26.txt')

    const records = recordsOf(bytes)
    expect(bytes.length).toBe(5 * 122)
    expect(records.map((record) => record.length)).toEqual([120, 120, 120, 120, 120])
    expect(records.map((record) => record[0])).toEqual(['1', '2', '2', '8', '9'])
    const [head = '', one = '', two = '', trailer = '', end = ''] = records
    expect(head).toBe(
      `12109999000001${half('ﾐﾗｲｸｼﾖｳﾃﾝｶﾞｲﾚﾝｺﾞｳｶｲ').padEnd(40)}02269999` +
        `${half('ﾐﾗｲｷﾞﾝｺｳ').padEnd(15)}001${half('ﾎﾝﾃﾝ').padEnd(15)}20000001${' '.repeat(17)}`,
    )
    const payees = await stage.owner
      .selectFrom('shop.payee')
      .innerJoin('shop.payee_account as account', 'account.payee_id', 'shop.payee.payee_id')
      .select(['payee_no', 'account_number', 'account.payee_account_id'])
      .orderBy('account.payee_account_id')
      .execute()
    const lines = [one, two]
    for (const [index, payee] of payees.entries()) {
      const line = lines[index] ?? ''
      expect(line.slice(43, 50)).toBe(payee.account_number)
      expect(line.slice(90)).toBe(`1${payee.payee_no}00000000017        `)
    }
    expect(lines.map((line) => Number(line.slice(80, 90))).toSorted((a, b) => a - b)).toEqual([
      2_310, 9_900,
    ])
    const mizuho = lines.find((line) => line.startsWith('20001'))
    expect(mizuho?.slice(1, 43)).toBe(
      `0001${half('ﾐｽﾞﾎ').padEnd(15)}054${half('ｼﾊﾞ').padEnd(15)}00002`,
    )
    expect(trailer).toBe(`8000002000000012210${' '.repeat(101)}`)
    expect(end).toBe(`9${' '.repeat(119)}`)
    expect(checkZengin(bytes)).toMatchObject({ valid: true })
    await noDifference()
  })

  test('calls an account new once, then known, then changed', async () => {
    const shop = await openShop(stage)
    const purse = await tills.openPurse()
    const newCodes: (string | undefined)[] = []
    const pay = async (period: Readonly<Record<string, string>>) => {
      const { runId } = await office.approved(period)
      newCodes.push(recordsOf((await office.fileOf(runId)).bytes)[1]?.[90])
      ok(await office.sendFile(runId))
      return runId
    }
    await tills.redeem(shop, purse, 1_000)
    stage.moveTo('2027-02-16T09:00:00+09:00')
    const first = await pay(february)
    await tills.redeem(shop, purse, 1_000)
    stage.moveTo('2027-03-01T09:00:00+09:00')
    ok(await office.settle(first))
    const second = await pay(lateFebruary)
    await tills.redeem(shop, purse, 1_000)
    stage.moveTo('2027-03-16T09:00:00+09:00')
    ok(await office.settle(second))
    await changeAccount(office, shop)
    await pay({ periodStart: '2027-03-01', periodEnd: '2027-03-15' })
    expect(newCodes).toEqual(['1', '0', '2'])
    await noDifference()
  })

  test('does not exist for a run that pays nobody, and the run is approved all the same', async () => {
    const shop = await openShop(stage)
    await tills.redeem(shop, await tills.openPurse(), 1_000)
    ok(await office.ask(office.clerk, `POST /v1/shops/${shop.shopId}/hold`, { reason: '調査中' }))
    stage.moveTo('2027-02-16T09:00:00+09:00')
    const { runId } = ok(await office.close(february)).body
    const checked = ok(await office.check(runId))
    expect(checked.body).toMatchObject({
      fileBytes: 0,
      transfers: 0,
      unpaid: [{ shopNo: shop.shopNo, why: 'held', carriedOutYen: 990 }],
    })
    ok(await office.approve(runId, checked.body['fileSha256']))
    expect((await office.fileOf(runId)).status).toBe(409)
    expect((await office.sendFile(runId)).body).toMatchObject({ code: 'no_transfers' })
    const identity = await noDifference()
    expect(identity).toMatchObject({ unsettled: 990, settled: 10, inTransfer: 0 })
  })

  test('is not made from a name that cannot be written; the shop is told', async () => {
    const shop = await openShop(stage)
    await tills.redeem(shop, await tills.openPurse(), 1_000)
    await stage.owner.updateTable('shop.payee_account').set({ holder_half: 'ﾐﾗｲ東' }).execute()
    stage.moveTo('2027-02-16T09:00:00+09:00')
    const { runId } = ok(await office.close(february)).body
    expect(await office.check(runId)).toMatchObject({
      status: 409,
      body: {
        code: 'file_has_problems',
        problems: [
          {
            shops: [shop.shopNo],
            field: 'payeeName',
            rule: 'not_permitted',
            character: 'U+6771 東',
            position: 3,
          },
        ],
      },
    })
    expect((await office.show(runId)).body).toMatchObject({ state: 'closed', fileSha256: null })
  })
})
