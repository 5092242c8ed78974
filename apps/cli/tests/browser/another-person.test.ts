import { UNIT_YEN, askAs, newResident, otherPhoneOf, showCode } from './_people.ts'
import type { Phone } from './_phone.ts'
import { expect, test } from './_test.ts'

/** What the phone still has of somebody: names of what is stored, and whether it can sign codes. */
const leftOn = ({ page }: Phone): Promise<readonly string[]> =>
  page.evaluate(
    `new Promise((resolve) => {
      const opening = indexedDB.open('minnaken', 1)
      opening.onupgradeneeded = () => opening.result.createObjectStore('kept')
      opening.onsuccess = () => {
        const asked = opening.result.transaction('kept').objectStore('kept').getAllKeys()
        asked.onsuccess = () => {
          opening.result.close()
          resolve([...asked.result, ...Object.keys(localStorage)])
        }
      }
    })`,
  )

/** Answers to who is here come late, as in a shop's cellar. */
const slowly = ({ page }: Phone) =>
  page.route('**/api/v1/me', async (route) => {
    await new Promise((resolve) => {
      setTimeout(resolve, 1_500)
    })
    await route.continue()
  })

test('who signs in on the phone of somebody else pays from their own wallet, and sees no other', async ({
  phone,
}) => {
  const hana = await newResident(phone, { units: 1 })
  const { page } = hana
  await showCode(hana)
  await hana.open('/')
  await page.locator(`[data-spendable="${UNIT_YEN}"]`).waitFor()
  await page.evaluate(`localStorage.setItem('minnaken.draft.SUGU', '{}')`)
  // Her session ends somewhere else, and her phone learns of it when it is opened.
  await askAs(hana, { method: 'DELETE', path: '/v1/sessions/current' })
  await hana.open('/pay')
  await page.getByRole('heading', { name: 'みんな券へようこそ' }).waitFor()
  await hana.screen('door-of-known-phone')
  await slowly(hana)
  await page.evaluate(`
    globalThis.seenOfHana = []
    new MutationObserver(() => {
      if (document.querySelector('[role=img][aria-label="支払いコード"]')) seenOfHana.push('code')
      if (document.querySelector('[data-spendable="${UNIT_YEN}"]')) seenOfHana.push('wallet')
    }).observe(document.body, { childList: true, subtree: true })
  `)
  await page.getByRole('button', { name: 'はじめる' }).click()
  await page.getByRole('heading', { name: 'このスマホを登録します' }).waitFor()
  await page.getByRole('link', { name: 'さいふ' }).click()
  await page.locator('[data-spendable="0"]').waitFor()
  expect(await page.evaluate('seenOfHana')).toEqual([])
  const left = await leftOn(hana)
  expect(left).not.toContain('device')
  expect(left).not.toContain('minnaken.draft.SUGU')
})

test('a phone of somebody else that kept its key is none of one’s own', async ({ phone }) => {
  const hana = await newResident(phone, { units: 1 })
  await showCode(hana)
  const { page } = hana
  // As after a browser that threw away what is stored, and kept the key.
  await page.evaluate('localStorage.clear()')
  await askAs(hana, { method: 'DELETE', path: '/v1/sessions/current' })
  await hana.open('/')
  await page.getByRole('button', { name: 'はじめる' }).click()
  await page.locator('[data-spendable="0"]').waitFor()
  await hana.open('/pay')
  await page.getByRole('button', { name: 'このスマホを登録する' }).click()
  await page.getByRole('img', { name: '支払いコード' }).waitFor()
  await hana.open('/more/device')
  await expect.poll(() => page.locator('main li').count()).toBe(1)
  await page.getByText('このスマホ「').waitFor()
})

test('who comes back after a session has ended finds what was typed, and the same phone', async ({
  phone,
}) => {
  const hana = await newResident(phone)
  const { page } = hana
  await showCode(hana)
  await page.evaluate(`localStorage.setItem('minnaken.draft.SUGU', '{}')`)
  await askAs(hana, { method: 'DELETE', path: '/v1/sessions/current' })
  await hana.open('/pay')
  await page.getByRole('button', { name: '前に使ったことがある' }).click()
  await page.getByRole('img', { name: '支払いコード' }).waitFor()
  expect(await leftOn(hana)).toContain('minnaken.draft.SUGU')
})

test('signing out everywhere leaves nothing to see on any phone', async ({ phone }) => {
  const lost = await newResident(phone, { units: 1 })
  const hana = await otherPhoneOf(lost, phone)
  await hana.open('/more/lost')
  await hana.screen('lost')
  await hana.page.getByRole('button', { name: 'すべてログアウトする' }).click()
  await hana.page.getByRole('heading', { name: 'みんな券へようこそ' }).waitFor()
  await lost.open('/')
  await lost.page.getByRole('heading', { name: 'みんな券へようこそ' }).waitFor()
  for (const each of [hana, lost])
    expect((await leftOn(each)).filter((name) => name.startsWith('minnaken.answer.'))).toEqual([])
})
