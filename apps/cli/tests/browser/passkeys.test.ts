import { askAs, newResident } from './_people.ts'
import type { Phone } from './_phone.ts'
import { stage } from './_stage.ts'
import { expect, test } from './_test.ts'

const accountOn = async (phone: Phone) => {
  const { body } = await askAs(phone, { method: 'GET', path: '/v1/me' })
  return (body as { accountId?: string }).accountId
}

test('a resident whom the phone does not recognise is told so, and comes in at the next try', async ({
  phone,
}) => {
  const hana = await phone({ app: 'resident' })
  const { page, passkeys } = hana
  const notProved = page.getByText('本人の確認ができませんでした。')
  await passkeys.refuse()
  await page.getByRole('button', { name: 'はじめる' }).click()
  await notProved.waitFor()
  expect(await accountOn(hana)).toBeUndefined()
  await passkeys.accept()
  await page.getByRole('button', { name: 'はじめる' }).click()
  await page.locator('[data-spendable]').waitFor()
  const account = await accountOn(hana)
  expect(account).toBeDefined()

  await hana.open('/more/device')
  await page.getByRole('button', { name: 'ログアウト' }).click()
  const again = page.getByRole('button', { name: '前に使ったことがある' })
  await passkeys.refuse()
  await again.click()
  await notProved.waitFor()
  await hana.screen('not-recognised')
  expect(await accountOn(hana)).toBeUndefined()
  await passkeys.accept()
  await again.click()
  await page.getByRole('heading', { name: 'このスマホ' }).first().waitFor()
  expect(await accountOn(hana)).toBe(account)
})

test('an owner whom the phone does not recognise is told so, and comes in at the next try', async ({
  phone,
}) => {
  const owner = await phone({ app: 'shop', path: '/shop' })
  const { page, passkeys } = owner
  const register = page.getByRole('button', { name: 'はじめての方(登録する)' })
  await passkeys.refuse()
  await register.click()
  await page.getByText('本人確認が取り消されました。もう一度お試しください。').waitFor()
  await passkeys.accept()
  await register.click()
  await page.getByText('まだお店がありません').waitFor()
  await page.getByRole('button', { name: 'ログアウト' }).click()
  const signIn = page.getByRole('button', { name: '店主としてログイン' })
  await passkeys.refuse()
  await signIn.click()
  await page.getByText('本人確認が取り消されました。もう一度お試しください。').waitFor()
  await owner.screen('owner-not-recognised')
  await page.getByText('まだお店がありません').waitFor({ state: 'detached' })
  await passkeys.accept()
  await signIn.click()
  await page.getByText('まだお店がありません').waitFor()
})

test('who signed in a while ago adds a phone by finger, face or PIN, and not without', async ({
  phone,
}) => {
  const hana = await newResident(phone)
  const { page, passkeys } = hana
  await stage('minutesPass', { minutes: 6 })
  await hana.open('/pay')
  const add = page.getByRole('button', { name: 'このスマホを登録する' })
  await passkeys.refuse()
  await add.click()
  await page.getByText('本人の確認ができませんでした。').waitFor()
  await hana.screen('phone-not-added')
  const phones = async () =>
    (await askAs(hana, { method: 'GET', path: '/v1/devices' })).body as { devices: unknown[] }
  expect((await phones()).devices).toEqual([])
  await passkeys.accept()
  await add.click()
  await page.getByRole('img', { name: '支払いコード' }).waitFor()
  expect((await phones()).devices).toHaveLength(1)
})
