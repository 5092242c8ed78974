import type { Page, Route } from 'playwright-core'
import { barriersOn } from './_barriers.ts'
import { misfitsOn, oddWordsOn } from './_misfits.ts'
import { isKept } from './_people.ts'
import type { Phone } from './_phone.ts'

/** A screen in one of its states. */
export type Stop = Readonly<{
  /** Its picture's name. */
  name: string
  /** As the router has it. */
  route: string
  path: string
  /** What one does there until the state is reached; without words, so that it works in any language. */
  doing?: (page: Page) => Promise<void>
  /** What is there when the state is reached. */
  shows?: string
  /** It goes away by itself, so that it is brought about anew for every size. */
  isPassing?: boolean
}>

/** The smallest phone that is in use, a usual one, and a tablet. */
const sizes = [
  { width: 390, height: 844 },
  { width: 320, height: 640 },
  { width: 820, height: 1180 },
] as const

/** Each language with what `lang` says on its pages. */
const languages = {
  ja: 'ja',
  en: 'en',
  'ja-easy': 'ja',
  'zh-Hans': 'zh-Hans',
  ko: 'ko',
} as const

type Language = keyof typeof languages

/** The app's own setting, for this phone and from the next time it is opened. */
async function speak(phone: Phone, language: Language): Promise<void> {
  await phone.page.evaluate(`localStorage.setItem('minnaken.language', '${language}')`)
  await phone.page.reload()
  await phone.page.locator(`html[data-language="${language}"]`).waitFor()
}

/** Goes to another screen as a link of the app does, and waits until it is there. */
async function walk({ page }: Phone, path: string): Promise<void> {
  await page.evaluate(`new Promise((arrived) => {
    history.pushState(null, '', ${JSON.stringify(path)})
    const pathname = new URL(${JSON.stringify(path)}, location.href).pathname
    const look = () => {
      const { status, location } = self.__TSR_ROUTER__.state
      if (status === 'idle' && location.pathname === pathname) arrived()
      else setTimeout(look, 10)
    }
    setTimeout(look, 10)
  })`)
}

/** What the router of the app on this phone knows. */
export async function routesOf({ page }: Phone): Promise<readonly string[]> {
  return await page.evaluate('Object.keys(self.__TSR_ROUTER__.routesByPath)')
}

/** Longer than this nobody waits for a screen. */
const ARRIVING_MS = 10_000

/** Goes where the stop is, and waits until all of it has come; tells why it did not. */
async function arrive(phone: Phone, { path, doing, shows = 'h1' }: Stop): Promise<string | null> {
  const { page } = phone
  const patience = { timeout: ARRIVING_MS }
  // Between two states of one screen one has been elsewhere.
  await walk(phone, '/nowhere')
  await walk(phone, path)
  try {
    await page
      .locator('[data-waiting]')
      .first()
      .waitFor({ ...patience, state: 'detached' })
    await doing?.(page)
    await page.locator(shows).first().waitFor(patience)
    return null
  } catch (error) {
    return `was not reached: ${String(error)}`
  }
}

/**
 * Goes from screen to screen in one language, at every size, and keeps a picture of each. Tells what
 * keeps anybody out, and what does not fit.
 */
export async function sweep(
  phone: Phone,
  { stops, language }: Readonly<{ stops: readonly Stop[]; language: Language }>,
): Promise<readonly string[]> {
  await speak(phone, language)
  const lang = languages[language]
  const faults: string[] = []
  for (const stop of stops)
    for (const [at, size] of sizes.entries()) {
      await phone.page.setViewportSize(size)
      const where = `${stop.name} in ${language} at ${size.width}`
      const arrived = at === 0 || stop.isPassing === true ? await arrive(phone, stop) : null
      const found = [
        ...(arrived === null ? [] : [arrived]),
        ...(await misfitsOn(phone)),
        ...(at === 0 ? await barriersOn(phone) : []),
        ...(at === 0 ? await oddWordsOn(phone) : []),
      ]
      const told = await phone.page.locator('html').getAttribute('lang')
      if (told !== lang) found.push(`says that it is in ${told}`)
      faults.push(...found.map((it) => `${where}: ${it}`))
      await phone.screen(`${language}/${size.width}/${stop.name}`, 'css')
    }
  return faults
}

/** The first stop at each route. */
const oncePerRoute = (stops: readonly Stop[]): readonly Stop[] => [
  ...new Map(stops.toReversed().map((stop) => [stop.route, stop])).values(),
]

/** Every state in Japanese, and every screen in the other languages too. */
export async function sweepInAllLanguages(
  phone: Phone,
  stops: readonly Stop[],
): Promise<readonly string[]> {
  const faults = [...(await sweep(phone, { stops, language: 'ja' }))]
  for (const language of ['en', 'ja-easy', 'zh-Hans', 'ko'] as const)
    faults.push(...(await sweep(phone, { stops: oncePerRoute(stops), language })))
  return faults
}

/** What may be the matter with everything that a screen asks for. Who one is can still be asked. */
const troubles = {
  loading: () => new Promise<void>(() => {}),
  failing: (route: Route) =>
    route.fulfill({
      status: 500,
      json: { code: 'internal', status: 500, title: '故障です。', titleEn: 'It is broken.' },
    }),
} as const

export type Trouble = keyof typeof troubles | 'offline'

/** So long a wait says that it is one. */
const WAITING_MS = 400

/** Goes once to each route while nothing that it needs is there, as in {@link sweep}. */
export async function sweepInTrouble(
  phone: Phone,
  { stops, trouble }: Readonly<{ stops: readonly Stop[]; trouble: Trouble }>,
): Promise<readonly string[]> {
  const { page } = phone
  await page.setViewportSize(sizes[0])
  await forgetAnswers(phone)
  if (trouble === 'offline') await phone.cutNetwork()
  else await page.route(/\/api\/v1\/(?!me$|shop-me$|time$)/, troubles[trouble])
  const faults: string[] = []
  for (const { name, path } of oncePerRoute(stops)) {
    await walk(phone, '/nowhere')
    await walk(phone, path)
    if (trouble === 'loading') await page.waitForTimeout(WAITING_MS)
    else await page.locator('[data-waiting]').first().waitFor({ state: 'detached' })
    const text = await page.locator('main').innerText()
    const found = [
      ...(text.trim() === '' ? ['says nothing'] : []),
      ...(await misfitsOn(phone)),
      ...(await barriersOn(phone)),
    ]
    faults.push(...found.map((it) => `${name} while ${trouble}: ${it}`))
    await phone.screen(`${trouble}/${name}`, 'css')
  }
  if (trouble === 'offline') await phone.restoreNetwork()
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  return faults
}

/** Opens the app as on a phone where somebody is signed in and nothing was looked at yet. */
async function forgetAnswers(phone: Phone): Promise<void> {
  await isKept(phone)
  await phone.page.evaluate(`for (const key of Object.keys(localStorage))
    if (key.startsWith('minnaken.answer.')) localStorage.removeItem(key)`)
  await phone.open('/nowhere')
  await phone.page.locator('h1').waitFor()
}
