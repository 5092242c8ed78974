import { afterAll, beforeAll, expect, test } from 'vitest'
import { moments } from './_campaign.ts'
import { newKey, setStage, type Stage } from './_stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.drop())

const base = '/v1/campaigns/MIRAI2027' as const
const clerk = async (line: `${string} /${string}`, body?: object) => {
  const answer = await stage.send(stage.clerk, line, body === undefined ? {} : { body })
  expect(answer.status).toBeLessThan(300)
  return answer.body
}

test('from a passkey to vouchers: three residents apply, win, pay, and the books balance', async () => {
  await stage.openCampaign({ stock: { units: 8 } })
  stage.clock.at = moments.apply
  await clerk(`POST ${base}/draw/commit`)
  const people = [await stage.register(), await stage.register(), await stage.register()]
  const [byCard, bySlip, byPost] = people
  const wishes = [stage.wishOf(5), stage.wishOf(4)]
  for (const [n, person] of [byCard, bySlip].entries()) {
    const answer = await stage.send(person ?? null, `POST ${base}/applications`, {
      body: wishes[n],
    })
    expect(answer.status).toBe(201)
  }
  const line = { applicationNo: 'P-1', name: '未来 葉書', group: 'WORKER', units: 1 }
  const keyed = await clerk(`POST ${base}/applications/keyed`, { applications: [line] })
  const [made] = keyed['applications'] as { applicationNo: string; claimCode: string }[]
  const claim = { campaign: 'MIRAI2027', ...made }
  expect(
    (await stage.send(byPost ?? null, 'POST /v1/applications/claims', { body: claim })).status,
  ).toBe(200)

  stage.clock.at = moments.applyEnd
  await clerk(`POST ${base}/draw/freeze`)
  stage.clock.at = moments.draw
  const run = await clerk(`POST ${base}/draw/run`, { publicValue: '41234.56' })
  expect(run).toMatchObject({ level: 3, remainder: 1, candidates: 2, everyApplicantGetsOne: true })
  stage.clock.at = moments.results
  await clerk(`POST ${base}/draw/publish`)

  stage.clock.at = moments.pay
  let won = 0
  for (const { phone, accountId } of people) {
    // Weeks have passed; the session of December is over.
    const person = await stage.signIn(phone)
    expect(person.accountId).toBe(accountId)
    const result = await stage.send(person, `GET ${base}/result/mine`)
    const units = Number(result.body['unitsWon'])
    won += units
    const method =
      accountId === byCard?.accountId ? { method: 'card', card: 'tok_ok' } : { method: 'slip' }
    const body = { units, ...method }
    const order = await stage.send(person, `POST ${base}/orders`, { body, key: newKey() })
    expect(order.status).toBe(201)
    const { slipNo } = order.body
    if (slipNo !== null)
      await stage.send(null, `POST /v1/sandbox/slips/${slipNo as string}/payments`, {
        body: { deliveries: 2 },
      })
    const wallet = await stage.send(person, 'GET /v1/wallet')
    expect(wallet.body['spendableYen']).toBe(units * 12_500)
  }
  expect(won).toBe(8)
  await stage.assertBooksBalance()

  const log = stage.lines.join('\n')
  const secrets = [
    ...wishes.flatMap(({ name, address, birthDate }) => [name, address, birthDate]),
    line.name,
    made?.claimCode ?? '',
    ...people.map(({ headers }) => headers['cookie']?.split('=')[1] ?? ''),
    ...people.flatMap(({ phone }) => phone.state().passkeys.map((each) => each.credentialId)),
    'tok_ok',
    'test secret',
  ]
  for (const secret of secrets) {
    expect(secret).not.toBe('')
    expect(log).not.toContain(secret)
  }
})
