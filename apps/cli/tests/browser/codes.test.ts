import {
  UNIT_YEN,
  askFor,
  dayOf,
  newCounter,
  numberOn,
  payerAtCounter,
  resultOn,
  revokeTills,
  spendableYen,
} from './_people.ts'
import { stage } from './_stage.ts'
import { expect, test } from './_test.ts'

test('a picture of a code that has paid pays nowhere else, and once at its own till', async ({
  phone,
}) => {
  const { payer: hana, shop, till } = await payerAtCounter(phone)
  const picture = await hana.screen()
  await askFor(till, 800)
  await till.camera.sees(picture)
  await resultOn(till, 'success')
  await resultOn(hana, 'success')

  const { shop: other, till: thief } = await newCounter(phone, { name: 'みらい他店' })
  await askFor(thief, 500)
  await thief.camera.sees(picture)
  const refused = await resultOn(thief, 'refused')
  await thief.screen('used-elsewhere')
  expect(refused.text).toContain('このコードはもう使われています')
  expect(refused.text).toContain('お金は動いていません。')

  await till.camera.seesNothing()
  await till.page.getByLabel('金額を入れてください').waitFor()
  await askFor(till, 300)
  await till.camera.sees(picture)
  const again = await resultOn(till, 'refused')
  await till.screen('used-here')
  expect(again.text).toContain('このコードでは、もう800円を受け取っています')
  expect(again.text).not.toContain('お金は動いていません')

  expect(await dayOf(shop)).toMatchObject({ totalYen: 800, redemptions: 1 })
  expect(await dayOf(other)).toMatchObject({ totalYen: 0, redemptions: 0 })
  expect(await spendableYen(hana)).toBe(UNIT_YEN - 800)
})

test('a code that is over a minute old is refused in words, and a new one is taken', async ({
  phone,
}) => {
  const { payer: hana, shop, till } = await payerAtCounter(phone)
  const old = await hana.screen()
  await stage('minutesPass', { minutes: 2 })
  await askFor(till, 800)
  await till.camera.sees(old)
  const refused = await resultOn(till, 'refused')
  await till.screen('expired')
  expect(refused.text).toContain('コードの時間(1分)が過ぎました')
  expect(refused.text).toContain('お金は動いていません。')
  expect(await dayOf(shop)).toMatchObject({ redemptions: 0 })

  await hana.open('/pay')
  await numberOn(hana)
  await till.page.getByRole('button', { name: '新しいコードを読み取る' }).click()
  await till.camera.sees(await hana.screen())
  await resultOn(till, 'success')
  expect(await dayOf(shop)).toMatchObject({ totalYen: 800, redemptions: 1 })
})

test('a till that its owner strikes off takes no more, says so, and can join again', async ({
  phone,
}) => {
  const { payer: hana, shop, till } = await payerAtCounter(phone)
  await askFor(till, 800)
  await revokeTills(shop)
  await till.camera.sees(await hana.screen())
  const refused = await resultOn(till, 'refused')
  await till.screen('revoked')
  expect(refused.text).toContain('この端末は使えなくなっています')
  expect(refused.text).toContain('店主に参加コードをもらってください。')
  expect(await dayOf(shop)).toMatchObject({ redemptions: 0 })
  expect(await spendableYen(hana)).toBe(UNIT_YEN)
  await till.page.getByRole('button', { name: 'もう一度参加する' }).click()
  await till.page.getByRole('link', { name: '参加コードを読み取る' }).waitFor()
})

test('a number that is read out pays where no camera is', async ({ phone }) => {
  const { payer: hana, shop, till } = await payerAtCounter(phone)
  const number = await numberOn(hana)
  await askFor(till, 1_200)
  await till.page.getByRole('button', { name: '12桁の番号を入れる' }).click()
  const line = till.page.getByLabel('12桁の番号', { exact: true })
  const isLast = (digit: string) => (digit === '0' ? '1' : '0')
  await line.fill(`${number.slice(0, 11)}${isLast(number.slice(11))}`)
  await till.page.getByRole('button', { name: '受け取る' }).click()
  await till.page.getByText('番号が違います。').waitFor()
  await line.fill(number)
  await till.screen('number')
  await till.page.getByRole('button', { name: '受け取る' }).click()
  const taken = await resultOn(till, 'success')
  const paid = await resultOn(hana, 'success')
  expect(taken.text).toContain('1,200円')
  expect(paid.words).toBe(taken.words)
  expect(await dayOf(shop)).toMatchObject({ totalYen: 1_200, redemptions: 1 })
})
