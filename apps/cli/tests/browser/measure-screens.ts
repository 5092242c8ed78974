import { askFor, isKept, newResident, newShop, newTill, resultOn, showCode } from './_people.ts'
import type { Phone } from './_phone.ts'
import { firstSeen, forgetApp, fromPictureTo, inWords, noteFirst, slowDown } from './_stopwatch.ts'
import { test } from './_test.ts'

const SCANS = 12
const VIEWS = 5

const say = (line: string) => process.stdout.write(`${line}\n`)

test('scan to done', async ({ phone }) => {
  const hana = await newResident(phone, { units: 5 })
  await showCode(hana)
  const till = await newTill(phone, { shop: await newShop() })
  const taken: number[] = []
  // The first one meets an engine that is still cold, as the first customer of a day does.
  for (let at = 0; at <= SCANS; at++) {
    await till.camera.seesNothing()
    await hana.open('/pay')
    await hana.page.locator('output[data-number]:not([data-number=""])').waitFor()
    await askFor(till, 100 + at)
    await till.page.waitForTimeout(1_000)
    const measured = fromPictureTo(till.page, '[data-result=success]')
    await till.camera.sees(await hana.screen())
    taken.push(await measured)
    await resultOn(hana, 'success')
    // It leaves by itself, and may have left already.
    await till.page.locator('[data-result=success]').waitFor({ state: 'detached' })
  }
  say(`scan to done, code in the picture until the result: ${inWords(taken.slice(1))}`)
  say(`the first scan of a till: ${inWords(taken.slice(0, 1))}`)
})

/**
 * Opens an app again and again on a slow phone: as for the first time, and as it is opened every
 * day, by what is kept on the phone. Of that, the service worker itself is not slowed down.
 */
async function views({ name, phone, selector }: View): Promise<void> {
  const { context, page, origin } = phone
  const cdp = await context.newCDPSession(page)
  await page.evaluate(`for (const key of Object.keys(localStorage))
    if (key.startsWith('minnaken.answer.')) localStorage.removeItem(key)`)
  const kept: string = await page.evaluate('JSON.stringify(localStorage)')
  await noteFirst(page, selector)
  const { bytes } = await slowDown(cdp)
  let kilobytes = 0
  const open = async () => {
    const before = bytes()
    await page.goto(`${origin}/`, { waitUntil: 'commit' })
    const time = await firstSeen(page)
    kilobytes = (bytes() - before) / 1_000
    return time
  }
  const times: number[] = []
  for (let at = 0; at < VIEWS; at++) {
    await page.evaluate(`localStorage.clear(); Object.assign(localStorage, ${kept})`)
    await page.goto('about:blank')
    await forgetApp(cdp, origin)
    times.push(await open())
  }
  say(`first view of ${name}: ${inWords(times)}, ${Math.round(kilobytes)} kB until then`)
  await isKept(phone)
  const again: number[] = []
  for (let at = 0; at < VIEWS; at++) {
    await page.goto('about:blank')
    again.push(await open())
  }
  say(`opened again, ${name}: ${inWords(again)}`)
}

type View = Readonly<{ name: string; phone: Phone; selector: string }>

test('first view', async ({ phone }) => {
  const hana = await newResident(phone, { units: 1 })
  await views({ name: "a resident's wallet", phone: hana, selector: '[data-spendable]' })
  const till = await newTill(phone, { shop: await newShop() })
  await views({ name: "a till's keypad", phone: till, selector: 'main input' })
})
