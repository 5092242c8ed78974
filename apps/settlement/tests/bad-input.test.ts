import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountBody, applicationBody } from './_shop.ts'
import { type Person, type Stage, send, setStage } from './_stage.ts'

let stage: Stage
let owner: Person
beforeAll(async () => {
  stage = await setStage()
  owner = await stage.person('shop_owner')
})
afterAll(() => stage.drop())

const text = (body: unknown) => JSON.stringify(body)
const withAccount = (given: Readonly<Record<string, unknown>>) =>
  text(applicationBody({ account: accountBody(given) }))

test.each([
  ['broken JSON', '{"name":', 400, 'malformed_json', undefined],
  ['no body', undefined, 400, 'body_needed', undefined],
  ['a name twice', '{"name":"ア","name":"イ"}', 400, 'duplicate_key', 'name'],
  ['a field of ours', text(applicationBody({ state: 'active' })), 400, 'unknown_field', 'state'],
  ['a shop number', text(applicationBody({ shopNo: '000001' })), 400, 'unknown_field', 'shopNo'],
  ['a class', text(applicationBody({ shopClass: 'SMALL' })), 400, 'unknown_field', 'shopClass'],
  ['an owner', text(applicationBody({ ownerAccountId: 'x' })), 400, 'unknown_field', undefined],
  ['an empty name', text(applicationBody({ name: '　' })), 400, 'invalid_field', 'name'],
  ['a line break', text(applicationBody({ name: 'ア\nイ' })), 400, 'invalid_field', 'name'],
  ['61 characters', text(applicationBody({ name: 'ア'.repeat(61) })), 400, 'invalid_field', 'name'],
  [
    'no such category',
    text(applicationBody({ category: 'bank' })),
    400,
    'invalid_field',
    'category',
  ],
  ['a short code', withAccount({ bankCode: '1' }), 400, 'invalid_field', 'account.bankCode'],
  [
    'full-width digits',
    withAccount({ accountNumber: '１２３４５６７' }),
    400,
    'invalid_field',
    undefined,
  ],
  ['an account type of 3', withAccount({ accountType: 3 }), 400, 'invalid_field', undefined],
  ['a type as text', withAccount({ accountType: '1' }), 400, 'invalid_field', undefined],
  [
    'a name only of spaces in the bank',
    withAccount({ holder: '　' }),
    400,
    'invalid_field',
    'account.holder',
  ],
  [
    '1e0',
    withAccount({}).replace('"accountType":1', '"accountType":1e0'),
    400,
    'invalid_field',
    'account.accountType',
  ],
  [
    '-0',
    withAccount({}).replace('"accountType":1', '"accountType":-0'),
    400,
    'invalid_field',
    'account.accountType',
  ],
  ['70 kB', text(applicationBody({ name: 'a'.repeat(70_000) })), 413, 'body_too_large', undefined],
])(
  'an application with %s is told what is wrong and writes nothing',
  async (_, body, status, code, field) => {
    const answer = await send(stage.service, owner, 'POST /v1/shops', body)
    expect(answer).toMatchObject({ status, body: { code } })
    const faults = (answer.body['faults'] ?? []) as { field: string; ja: string; en: string }[]
    expect(faults.map((fault) => fault.field)).toEqual(
      expect.arrayContaining(field === undefined ? [] : [field]),
    )
    expect(faults.every(({ ja, en }) => ja.length > 0 && en.length > 0)).toBe(true)
    expect((await send(stage.service, owner, 'GET /v1/shops/mine')).body).toEqual({ shops: [] })
  },
)

const someone = '00000000-0000-4000-8000-000000000000'

test.each([
  ['approver', `POST /v1/runs/${someone}/approve`, {}, 'sha256'],
  ['approver', `POST /v1/runs/${someone}/approve`, { sha256: 'F'.repeat(64) }, 'sha256'],
  ['approver', `POST /v1/runs/${someone}/approve`, { sha256: 7 }, 'sha256'],
  ['clerk', `POST /v1/runs/${someone}/send`, { bankReceipt: ' ' }, 'bankReceipt'],
  ['clerk', `POST /v1/payouts/${someone}/return`, {}, 'reason'],
  ['clerk', `POST /v1/payouts/${someone}/return`, { reason: 'x'.repeat(201) }, 'reason'],
  ['clerk', `POST /v1/shops/${someone}/hold`, { reason: '' }, 'reason'],
  ['clerk', `POST /v1/shops/${someone}/decision`, { decision: 'maybe' }, 'decision'],
  ['clerk', `POST /v1/payee-accounts/${someone}/check`, { decision: 'refuse' }, 'reason'],
] as const)('a %s who sends %s with %j is told the field', async (role, line, body, field) => {
  const answer = await send(stage.service, await stage.person(role), line, body)
  expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_field' } })
  const faults = answer.body['faults'] as { field: string }[]
  expect(faults.map((fault) => fault.field)).toContain(field)
})

test.each([
  ['clerk', 'GET /v1/shops?state=open', 400],
  ['clerk', 'GET /v1/runs/1', 404],
  ['clerk', `GET /v1/runs/${someone}`, 404],
  ['clerk', `GET /v1/runs/${someone}/file`, 404],
  ['clerk', `POST /v1/runs/${someone}/check`, 404],
  ['approver', `GET /v1/runs/${someone}%2ffile`, 404],
] as const)('a %s who asks %s gets %i', async (role, line, status) => {
  expect((await send(stage.service, await stage.person(role), line)).status).toBe(status)
})
