import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { moments } from './_campaign.ts'
import { type Caller, newKey, setStage, type Stage } from './_stage.ts'

let stage: Stage
let resident: Caller
beforeAll(async () => {
  stage = await setStage()
  await stage.openCampaign()
  stage.clock.at = moments.apply
  resident = await stage.account('resident')
})
afterAll(() => stage.drop())

const withJson = [
  'POST /v1/passkeys',
  'POST /v1/sessions',
  'POST /v1/campaigns/MIRAI2027/applications',
  'PUT /v1/campaigns/MIRAI2027/applications/mine',
  'POST /v1/campaigns/MIRAI2027/applications/keyed',
  'POST /v1/applications/claims',
  'POST /v1/campaigns/MIRAI2027/draw/run',
  'POST /v1/campaigns/MIRAI2027/orders',
  'POST /v1/sandbox/slips/000000000000000/payments',
] as const

const isClerks = (line: string) => line.includes('keyed') || line.includes('draw/')
const send = (line: `${string} /${string}`, raw: string | undefined, type = 'application/json') =>
  stage.send(isClerks(line) ? stage.clerk : resident, line, {
    ...(raw === undefined ? {} : { raw }),
    key: newKey(),
    headers: { 'content-type': type },
  })

test('every route that takes JSON is in the list of these tests', () => {
  const declared = stage.service.routes
    .filter(({ body }) => body !== undefined)
    .map(({ method, path }) => `${method.toUpperCase()} ${path}`)
  const listed = withJson.map((line) =>
    line.replace('MIRAI2027', ':code').replace('000000000000000', ':slipNo'),
  )
  expect(listed.toSorted()).toEqual(declared.toSorted())
})

describe.each(withJson)('%s', (line) => {
  const deep = `{"units":${'['.repeat(40)}${']'.repeat(40)}}`
  test.each([
    { why: 'no body', raw: undefined, status: 400, code: 'body_needed' },
    { why: 'an empty body', raw: '', status: 400, code: 'body_needed' },
    { why: 'half an object', raw: '{', status: 400, code: 'malformed_json' },
    { why: 'bytes that are no UTF-8', raw: '{"a":"\ud800"}', status: 400, code: undefined },
    { why: 'a list', raw: '[]', status: 400, code: 'invalid_field' },
    { why: 'null', raw: 'null', status: 400, code: 'invalid_field' },
    { why: 'a key twice', raw: '{"units":1,"units":1}', status: 400, code: 'duplicate_key' },
    { why: '__proto__', raw: '{"__proto__":{}}', status: 400, code: 'unknown_field' },
    { why: 'units as 1e2', raw: '{"units":1e2}', status: 400, code: 'invalid_field' },
    { why: 'units as -0', raw: '{"units":-0}', status: 400, code: 'invalid_field' },
    { why: '2^53+1', raw: '{"units":9007199254740993}', status: 400, code: 'invalid_field' },
    { why: 'lists forty deep', raw: deep, status: 400, code: 'invalid_field' },
    { why: 'NUL in a text', raw: '{"name":"a\\u0000"}', status: 400, code: 'invalid_field' },
    {
      why: 'three megabytes',
      raw: `{"a":"${'x'.repeat(3e6)}"}`,
      status: 413,
      code: 'body_too_large',
    },
  ])('with $why is refused', async ({ raw, status, code }) => {
    const answer = await send(line, raw)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject(code === undefined ? { status } : { status, code })
  })

  test('with JSON that says it is something else is refused', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
      expect((await send(line, '{}', type)).status).toBe(415)
  })

  test('with a field that is not known is told which', async () => {
    const answer = await send(line, '{"isAdmin":true,"method":"slip"}')
    expect(answer.status).toBe(400)
    expect(answer.body['faults']).toContainEqual(
      expect.objectContaining({ field: 'isAdmin', rule: 'unknown_field' }),
    )
  })
})

test('none of it was a fault of ours', () => {
  expect(stage.lines.filter((line) => line.includes('"msg":"fault"'))).toEqual([])
})

test.each([
  ['PUT /v1/campaigns/MIRAI2027/applications/mine', { units: 0 }, 'units', 'min'],
  ['PUT /v1/campaigns/MIRAI2027/applications/mine', {}, 'units', 'required'],
  [
    'POST /v1/applications/claims',
    { campaign: 'x y', applicationNo: '1', claimCode: 'a' },
    'campaign',
    'format',
  ],
  [
    'POST /v1/applications/claims',
    { campaign: 'A', applicationNo: 'あ', claimCode: 'a' },
    'applicationNo',
    'format',
  ],
  [
    'POST /v1/applications/claims',
    { campaign: 'A', applicationNo: '1', claimCode: '' },
    'claimCode',
    'length_min',
  ],
  ['POST /v1/campaigns/MIRAI2027/draw/run', { publicValue: '' }, 'publicValue', 'length_min'],
  ['POST /v1/campaigns/MIRAI2027/draw/run', { publicValue: 'a\nb' }, 'publicValue', 'plain_text'],
  [
    'POST /v1/campaigns/MIRAI2027/draw/run',
    { confirmNotEveryoneWins: 1 },
    'confirmNotEveryoneWins',
    'type',
  ],
  ['POST /v1/sessions', { challengeId: 'x', response: {} }, 'challengeId', 'format'],
  ['POST /v1/passkeys', { challengeId: '0'.repeat(36), response: 'x' }, 'response', 'type'],
] as const)('%s with %j is refused at %s by %s', async (line, body, field, rule) => {
  const answer = await send(line, JSON.stringify(body))
  expect(answer.status).toBe(400)
  expect(answer.body['faults']).toContainEqual(expect.objectContaining({ field, rule }))
})

test.each([
  'GET /v1/orders/1',
  "GET /v1/orders/'%20or%201=1",
  'GET /v1/campaigns/MIRAI2027%2fdraw',
  'GET /v1//campaigns',
  'GET /v1/campaigns/',
  'POST /v1/refund-cases/x/close',
] as const)('%s finds nothing', async (line) => {
  const caller = line.startsWith('POST') ? stage.clerk : resident
  expect((await stage.send(caller, line)).status).toBe(404)
})
