import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Service } from '@minnaken/http'
import { conventionalDesk } from '../baselines/conventional-desk.ts'
import { withDesk } from '../baselines/process.ts'
import { type Phone, pay, setStage } from './_stage.ts'

let stage: Awaited<ReturnType<typeof setStage>>
let token: string
let service: Service
beforeAll(async () => {
  stage = await setStage()
  token = await stage.openTill()
  service = stage.start(withDesk(conventionalDesk))
})
afterAll(() => stage.drop())

/** As a till does: told that it is busy, it sends the same request again. */
async function payUntilAnswered(code: string, yen: number): ReturnType<typeof pay> {
  const answer = await pay(service, { token, code, yen })
  if (answer.status !== 503) return answer
  await wait(20)
  return payUntilAnswered(code, yen)
}

const together = <T>(count: number, work: (place: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, place) => work(place)))

const countOf = (answers: readonly Awaited<ReturnType<typeof pay>>[], status: number) =>
  answers.filter((answer) => answer.status === status).length

const spentOf = async (phone: Phone): Promise<number> =>
  (await stage.recorded(phone)).reduce((sum, row) => sum + row.yen, 0)

test('50 payments at once never take more than there is', async () => {
  const phone = await stage.openPhone()
  const codes = await together(50, () => phone.code())
  const answers = await together(50, (place) => payUntilAnswered(codes[place] ?? '', 500))
  expect(countOf(answers, 201)).toBe(25)
  const refused = answers.filter(({ status }) => status !== 201)
  expect(new Set(refused.map(({ body }) => body['code']))).toEqual(new Set(['balance_too_small']))
  expect(await stage.remaining(phone)).toBe(0)
  expect(await spentOf(phone)).toBe(12_500)
})

test('one code 50 times at once is one payment and 49 times its first answer', async () => {
  const phone = await stage.openPhone()
  const code = await phone.code()
  const answers = await together(50, () => payUntilAnswered(code, 12_500))
  expect(countOf(answers, 201)).toBe(50)
  expect(new Set(answers.map(({ body }) => body['redemptionId'])).size).toBe(1)
  expect(answers.filter(({ body }) => body['replayed'] !== true)).toHaveLength(1)
  const [first] = answers.filter(({ body }) => body['replayed'] !== true)
  expect(answers.find(({ body }) => body['replayed'] === true)?.body).toEqual({
    ...first?.body,
    replayed: true,
    voidedYen: 0,
  })
  expect(await spentOf(phone)).toBe(12_500)
})

test('one code 50 times at once with different amounts is one payment', async () => {
  const phone = await stage.openPhone()
  const code = await phone.code()
  const answers = await together(50, (place) => payUntilAnswered(code, 100 + place))
  expect(countOf(answers, 201)).toBe(1)
  expect(countOf(answers, 409)).toBe(49)
  const [taken] = answers.filter(({ status }) => status === 201)
  expect(await spentOf(phone)).toBe(taken?.body['amountYen'])
})

test('after all of it the books balance', async () => {
  expect(await stage.findings()).toEqual([])
})
