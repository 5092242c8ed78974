import { shopCodeOf } from '@minnaken/qr'
import { barriersOn } from './_barriers.ts'
import { misfitsOn, oddWordsOn } from './_misfits.ts'
import {
  askFor,
  newCounter,
  newResident,
  numberOn,
  payerAtCounter,
  resultOn,
  type Shop,
} from './_people.ts'
import type { Phone } from './_phone.ts'
import { expect, test } from './_test.ts'

type Said = Readonly<{ role: string; name: string; description: string }>

/** What a screen reader says of the place that has the focus, as the browser tells it. */
async function saidAtFocus({ context, page }: Phone): Promise<Said> {
  const cdp = await context.newCDPSession(page)
  const { nodes } = await cdp.send('Accessibility.getFullAXTree')
  await cdp.detach()
  const focused = nodes.findLast(({ properties = [] }) =>
    properties.some(({ name, value }) => name === 'focused' && value.value === true),
  )
  const text = (part: Readonly<{ value?: unknown }> | undefined) =>
    typeof part?.value === 'string' ? part.value : ''
  const { role, name, description } = focused ?? {}
  return { role: text(role), name: text(name), description: text(description) }
}

/** A number of twelve digits is taken for an amount at a till. */
async function takeByNumber({ page }: Phone, yen: number, number: string): Promise<void> {
  await page.locator('main input').fill(String(yen))
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '12桁の番号を入れる' }).click()
  await page.getByLabel('12桁の番号').fill(number)
  await page.keyboard.press('Enter')
}

/** The shop's number is typed where its code would be read. */
async function typeShop({ page }: Phone, { shopNo }: Shop): Promise<void> {
  await page.locator('main summary').click()
  await page.locator('main form input').fill(shopCodeOf(shopNo))
  await page.keyboard.press('Enter')
}

test('whoever listens hears what happened, the amount and the two words, on both sides at once', async ({
  phone,
}) => {
  const { payer, till } = await payerAtCounter(phone)
  await takeByNumber(till, 800, await numberOn(payer))
  // The till goes on to the next customer by itself.
  await resultOn(till, 'success')
  const atTill = await saidAtFocus(till)
  const { text } = await resultOn(payer, 'success')
  const atPayer = await saidAtFocus(payer)
  const words = /(?<words>\p{L}+・\p{L}+)/u.exec(text)?.groups?.['words'] ?? 'none'
  expect(atTill).toMatchObject({ role: 'heading', name: expect.stringContaining('受け取りました') })
  expect(atPayer).toMatchObject({ role: 'heading', name: expect.stringContaining('支払いました') })
  for (const { name } of [atTill, atPayer]) {
    expect(name).toContain('800円')
    expect(name).toContain(words)
  }
  expect(atPayer.description).toContain('みらい試験店')
  expect(await barriersOn(payer)).toEqual([])
})

/** Types by an input method, as on a computer that writes Japanese. */
async function compose({ context, page }: Phone, stages: readonly string[]): Promise<void> {
  const cdp = await context.newCDPSession(page)
  for (const text of stages)
    await cdp.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    })
  await cdp.send('Input.insertText', { text: stages.at(-1) ?? '' })
}

test('at a till each step begins with what it is about, and no step takes the keys from who types', async ({
  phone,
}) => {
  const { till } = await newCounter(phone)
  const { page } = till
  expect(await saidAtFocus(till)).toMatchObject({ role: 'heading', name: '受け取る' })
  await askFor(till, 800)
  expect(await saidAtFocus(till)).toMatchObject({
    role: 'heading',
    name: 'お客さまのコードをカメラに見せてもらってください',
  })
  await page.getByRole('button', { name: '12桁の番号を入れる' }).click()
  expect(await saidAtFocus(till)).toMatchObject({ role: 'textbox', name: '12桁の番号' })
  await page.getByRole('button', { name: '金額を変える' }).click()
  await page.locator('main input').waitFor()
  expect(await saidAtFocus(till)).toMatchObject({ role: 'heading', name: '受け取る' })
  await page.locator('main input').focus()
  await page.keyboard.type('1x2,')
  expect(await page.locator('main input').inputValue()).toBe('80,012')
  await page.keyboard.press('Control+A')
  await compose(till, ['９', '９５', '９５０'])
  expect(await page.locator('main input').inputValue()).toBe('950')
})

test('a payer hears of each step: shop, amount, and what is left to confirm', async ({ phone }) => {
  const [hana, { shop }] = await Promise.all([newResident(phone, { units: 1 }), newCounter(phone)])
  const { page } = hana
  await hana.open('/pay')
  await page.getByRole('button', { name: 'このスマホを登録する' }).click()
  await page.getByRole('img', { name: '支払いコード' }).waitFor()
  expect(await saidAtFocus(hana)).toMatchObject({ role: 'heading', name: '払う' })
  await page.getByRole('button', { name: '読み取る' }).click()
  await typeShop(hana, shop)
  await page.getByRole('heading', { name: shop.name }).waitFor()
  expect(await saidAtFocus(hana)).toMatchObject({ role: 'heading', name: shop.name })
  await page.locator('main input').fill('800')
  await page.keyboard.press('Enter')
  await page.locator('[data-part]').first().waitFor()
  const split = await saidAtFocus(hana)
  expect(split).toMatchObject({ role: 'heading', name: shop.name })
  expect(split.description).toContain('800円')
  await page.getByRole('button', { name: '金額を変える' }).click()
  await page.locator('main input').waitFor()
  expect(await saidAtFocus(hana)).toMatchObject({ role: 'heading', name: shop.name })
  await page.getByRole('button', { name: '別のコードを読み取る' }).click()
  await page.locator('video').waitFor()
  expect((await saidAtFocus(hana)).role).toBe('heading')
})

/** Counts the notes that are really heard on pages that are opened from now on. */
const listen = ({ context }: Phone): Promise<unknown> =>
  context.addInitScript(`self.heard = 0
    const start = OscillatorNode.prototype.start
    OscillatorNode.prototype.start = function (...at) {
      if (this.context.state === 'running') self.heard += 1
      return start.apply(this, at)
    }`)

test('a payer who opened the code by a tap hears that it was taken, without touching anything more', async ({
  phone,
}) => {
  const { payer, till } = await payerAtCounter(phone)
  await listen(payer)
  for (const way of ['nav a[href="/pay"]', 'main a[href="/pay"]']) {
    await payer.open('/')
    await payer.page.locator(way).first().click()
    await payer.page.getByRole('img', { name: '支払いコード' }).waitFor()
    await takeByNumber(till, 300, await numberOn(payer))
    await resultOn(payer, 'success')
    await expect.poll(() => payer.page.evaluate('self.heard')).toBe(2)
    await till.page.locator('main input').waitFor()
  }
})

test('what appears above the screen is announced: its place is there before its words', async ({
  phone,
}) => {
  const { till } = await newCounter(phone)
  const { page } = till
  const places = page.locator('[role=status]:has(~ main)')
  expect(await places.count()).toBe(2)
  expect(await places.evaluateAll((all) => all.map((it) => it.checkVisibility()))).toEqual([
    true,
    true,
  ])
  const banner = await places.first().elementHandle()
  await till.cutNetwork()
  await page.getByText('インターネットにつながっていません').waitFor()
  expect(await banner?.textContent()).toContain('インターネットにつながっていません')
  await till.restoreNetwork()
})

/** 1280 x 1024 at 400 %. */
const zoomed = { width: 320, height: 256 }

/** What of a screen cannot be brought into sight and pressed; nothing is good. */
const unreachableOn = ({ page }: Phone): Promise<readonly string[]> =>
  page.locator('body').evaluate((body) => {
    const document = body.ownerDocument
    const view = document.defaultView
    const found: string[] = []
    for (const it of body.querySelectorAll('button, a[href], input, summary, svg[role=img]')) {
      if (!it.checkVisibility() || it.closest('[inert], .sr-only') !== null) continue
      it.scrollIntoView({ block: 'center' })
      const { left, right, top, bottom } = it.getBoundingClientRect()
      const name = `<${it.localName}> ${(it.textContent || it.getAttribute('aria-label') || it.id).trim().slice(0, 40)}`
      const isWhole =
        left >= -1 && right <= view.innerWidth + 1 && top >= -1 && bottom <= view.innerHeight + 1
      const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
      if (!isWhole) found.push(`never whole in sight: ${name}`)
      else if (at === null || !(it.contains(at) || at.contains(it) || at.closest('label') !== null))
        found.push(`under something else: ${name}`)
    }
    return found
  })

/** At 400 % too everything fits in its width, and everything can be scrolled to and pressed. */
async function expectUsable(it: Phone, name: string): Promise<void> {
  expect([...(await misfitsOn(it)), ...(await unreachableOn(it))], name).toEqual([])
  await it.screen(`zoomed-${name}`)
}

test('at 400 % both sides of a payment can be read and done', async ({ phone }) => {
  const { payer, till } = await payerAtCounter(phone)
  for (const { page } of [payer, till]) await page.setViewportSize(zoomed)
  await payer.page.locator('output[data-number]:not([data-number=""])').waitFor()
  await expectUsable(payer, 'show')
  await payer.page.locator('nav a').first().click()
  await payer.page.locator('[data-spendable]').waitFor()
  await expectUsable(payer, 'wallet')
  await payer.page.locator('nav a').nth(1).click()
  const number = await numberOn(payer)
  await till.page.locator('main input').fill('800')
  await expectUsable(till, 'keypad')
  await till.page.keyboard.press('Enter')
  await till.page.locator('video[data-camera=open]').waitFor()
  await expectUsable(till, 'camera')
  await till.page.getByRole('button', { name: '12桁の番号を入れる' }).click()
  await expectUsable(till, 'number')
  await till.page.getByLabel('12桁の番号').fill(number)
  await till.page.keyboard.press('Enter')
  await resultOn(till, 'success')
  await expectUsable(till, 'taken')
  await resultOn(payer, 'success')
  await expectUsable(payer, 'paid')
})

/** What is odd on a screen in Chinese, where only kana tell a Japanese name, once the name is there. */
async function oddInChinese(it: Phone, path: string, name: string): Promise<readonly string[]> {
  await it.page.evaluate("localStorage.setItem('minnaken.language', 'zh-Hans')")
  await it.open(path)
  await it.page.getByText(name).first().waitFor()
  return oddWordsOn(it)
}

test('to whoever reads Chinese, the names of shops, tills and sales are said in Japanese', async ({
  phone,
}) => {
  const { till } = await newCounter(phone, { name: 'みらい青果' })
  expect(await oddInChinese(till, '/', 'みらい青果')).toEqual([])
  expect(await oddInChinese(till, '/shop', 'レジ1')).toEqual([])
  const hana = await newResident(phone)
  expect(await oddInChinese(hana, '/more/notices', '画面の試験の商品券')).toEqual([])
})
