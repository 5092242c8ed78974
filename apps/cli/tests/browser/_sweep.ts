import type { Page, Route } from 'playwright-core'
import { barriersOn } from './_barriers.ts'
import { misfitsOn, oddWordsOn } from './_misfits.ts'
import { isKept } from './_people.ts'
import { type Phone, drawn, redraw } from './_phone.ts'
import { together } from './_together.ts'

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
  /** What it says in Japanese when there is nothing. Where there is something nobody says so. */
  isEmpty?: readonly string[]
  /** It goes away by itself, so that it is brought about anew for every size. */
  isPassing?: boolean
}>

/** The smallest phone that is in use, a usual one, and a tablet. */
const sizes = [
  { width: 390, height: 844 },
  { width: 320, height: 640 },
  { width: 820, height: 1180 },
] as const

const TABLET = 2

/** Each language with what `lang` says on its pages. */
const languages = {
  ja: 'ja',
  en: 'en',
  'ja-easy': 'ja',
  'zh-Hans': 'zh-Hans',
  ko: 'ko',
} as const

type Language = keyof typeof languages

/** Longer than this nobody waits for a screen. */
const patience = { timeout: 10_000 }

/** The app's own setting, for this phone and from the next time it is opened. */
async function speak({ page }: Phone, language: Language): Promise<void> {
  await page.evaluate(`localStorage.setItem('minnaken.language', '${language}')`)
  await page.reload()
  await page.locator(`html[data-language="${language}"]`).waitFor()
  // The words are there before the app, which follows no way until it is drawn.
  await page.locator('#app > :not(.not-started)').first().waitFor({ state: 'attached' })
}

/** Goes to another screen as a link of the app does, and waits until it is there. */
async function walk({ page }: Phone, path: string): Promise<void> {
  await page.evaluate(`new Promise((arrived, lost) => {
    history.pushState(null, '', ${JSON.stringify(path)})
    const pathname = new URL(${JSON.stringify(path)}, location.href).pathname
    const late = Date.now() + ${patience.timeout}
    const look = () => {
      const { status, location } = self.__TSR_ROUTER__.state
      if (status === 'idle' && location.pathname === pathname) arrived()
      else if (Date.now() > late) lost(new Error(pathname + ' was not reached'))
      else setTimeout(look, 10)
    }
    setTimeout(look, 10)
  })`)
}

/** Goes where the stop is, and waits until all of it has come; tells why it did not. */
async function arrive(phone: Phone, { path, doing, shows = 'h1' }: Stop): Promise<string | null> {
  const { page } = phone
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

type Sweep = Readonly<{
  stops: readonly Stop[]
  language: Language
  nothings: readonly string[]
  /** Those where barriers are looked for on the tablet too: there the tabs are beside the screen. */
  wide?: readonly Stop[]
}>

/**
 * Goes from screen to screen in one language, at every size, and keeps a picture of each. Tells what
 * keeps anybody out, what does not fit, and which screen says wrongly that there is nothing.
 */
async function visit(
  phone: Phone,
  { stops, language, nothings, wide = [] }: Sweep,
): Promise<readonly string[]> {
  const { page } = phone
  const faults: string[] = []
  for (const stop of stops)
    for (const [at, size] of sizes.entries()) {
      await page.setViewportSize(size)
      const isFirst = at === 0
      const arrived = isFirst || stop.isPassing === true ? await arrive(phone, stop) : null
      const told = await page.locator('html').getAttribute('lang')
      const found = [
        ...(arrived === null ? [] : [arrived]),
        ...(told === languages[language] ? [] : [`says that it is in ${told}`]),
        ...(isFirst && language === 'ja'
          ? await nothingsOn(phone, { own: stop.isEmpty ?? [], nothings })
          : []),
        ...(await misfitsOn(phone)),
        ...(isFirst || (at === TABLET && wide.includes(stop)) ? await barriersOn(phone) : []),
        ...(isFirst ? await oddWordsOn(phone) : []),
      ]
      faults.push(...found.map((it) => `${stop.name} in ${language} at ${size.width}: ${it}`))
      if (isFirst) await redraw(phone)
      await drawn(phone)
      await phone.screen(`${language}/${size.width}/${stop.name}`, 'css')
    }
  return faults
}

/** Whether the state says all that it has to say where there is nothing, and none of it elsewhere. */
async function nothingsOn(
  { page }: Phone,
  { own, nothings }: Readonly<{ own: readonly string[]; nothings: readonly string[] }>,
): Promise<readonly string[]> {
  const faults: string[] = []
  for (const words of own)
    await page
      .getByText(words)
      .first()
      .waitFor(patience)
      .catch(() => faults.push(`does not say: ${words}`))
  const lines = (await page.locator('body').innerText()).split('\n')
  const isSaid = (words: string) => lines.some((line) => line.trimEnd().endsWith(words))
  const wrong = nothings.filter((words) => !own.includes(words) && isSaid(words))
  return [...faults, ...wrong.map((words) => `says wrongly: ${words}`)]
}

/** The first stop at each route. */
const oncePerRoute = (stops: readonly Stop[]): readonly Stop[] => [
  ...new Map(stops.toReversed().map((stop) => [stop.route, stop])).values(),
]

const emptyWordsOf = (stops: readonly Stop[]): readonly string[] =>
  stops.flatMap(({ isEmpty = [] }) => isEmpty)

/** Every state in Japanese. */
export async function sweep(
  phone: Phone,
  { stops }: Readonly<{ stops: readonly Stop[] }>,
): Promise<readonly string[]> {
  await speak(phone, 'ja')
  return visit(phone, { stops, language: 'ja', nothings: emptyWordsOf(stops) })
}

/**
 * Every state in Japanese, and every screen in the other languages too, on pages beside each other.
 * `empty` are the states of the same screens that were seen before, when there was nothing yet;
 * `apart` are states that want a page of their own.
 */
export async function sweepInAllLanguages(
  phone: Phone,
  {
    stops,
    empty,
    apart = [],
  }: Readonly<{ stops: readonly Stop[]; empty: readonly Stop[]; apart?: readonly Stop[] }>,
): Promise<readonly string[]> {
  const nothings = emptyWordsOf(empty)
  const screens = oncePerRoute(stops)
  const visits: (() => Promise<readonly string[]>)[] = []
  // The language of a device is asked for when a page is opened: one after the other.
  for (const [language, seen] of [
    ['en', screens],
    ['ja-easy', screens],
    ['zh-Hans', screens],
    ['ko', screens],
    ['ja', apart],
    ['ja', stops],
  ] as const) {
    const page = await phone.beside('/nowhere')
    await speak(page, language)
    const wide = language === 'ja' ? screens : []
    visits.unshift(() => visit(page, { stops: seen, language, nothings, wide }))
  }
  return together(visits)
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

type Trouble = keyof typeof troubles | 'offline'

/** Waits until something is so on the page; tells whether it came to be. */
const until = ({ page }: Phone, isSo: string): Promise<boolean> =>
  page.evaluate(`new Promise((told) => {
    const late = Date.now() + ${patience.timeout}
    const look = () => {
      if (${isSo}) told(true)
      else if (Date.now() > late) told(false)
      else setTimeout(look, 20)
    }
    look()
  })`)

const saysSomething = "document.querySelector('main')?.innerText.trim() !== ''"
const allHasCome = "document.querySelector('main [data-waiting]') === null"
/** What is still waited for says by now that it takes a moment. */
const allIsWaiting = `[...document.querySelectorAll('main [data-waiting]')]
  .every(({ innerText }) => innerText !== '')`

/** Goes once to each route while nothing that it needs is there. */
async function visitInTrouble(
  phone: Phone,
  { stops, trouble, nothings }: Omit<Sweep, 'language'> & Readonly<{ trouble: Trouble }>,
): Promise<readonly string[]> {
  const { page } = phone
  await page.setViewportSize(sizes[0])
  if (trouble === 'offline') await phone.cutNetwork()
  else await page.route(/\/api\/v1\/(?!me$|shop-me$|time$)/, troubles[trouble])
  const faults: string[] = []
  for (const { name, path } of oncePerRoute(stops)) {
    await walk(phone, '/nowhere')
    await walk(phone, path)
    const isThere = await until(
      phone,
      `${saysSomething} && ${trouble === 'loading' ? allIsWaiting : allHasCome}`,
    )
    const found = [
      ...(isThere ? [] : ['says nothing']),
      ...(await nothingsOn(phone, { own: [], nothings })),
      ...(await misfitsOn(phone)),
      ...(await barriersOn(phone)),
    ]
    faults.push(...found.map((it) => `${name} while ${trouble}: ${it}`))
    await redraw(phone)
    await phone.screen(`${trouble}/${name}`, 'css')
  }
  if (trouble === 'offline') await phone.restoreNetwork()
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  return faults
}

/** Goes once to each route without answers, with wrong ones, and without a network. */
export async function sweepInTrouble(
  phone: Phone,
  { stops, empty }: Readonly<{ stops: readonly Stop[]; empty: readonly Stop[] }>,
): Promise<readonly string[]> {
  const nothings = emptyWordsOf(empty)
  await forgetAnswers(phone)
  const other = await phone.beside('/nowhere')
  return [
    ...(await together([
      () => visitInTrouble(phone, { stops, trouble: 'loading', nothings }),
      () => visitInTrouble(other, { stops, trouble: 'failing', nothings }),
    ])),
    ...(await visitInTrouble(other, { stops, trouble: 'offline', nothings })),
  ]
}

/** Which screens of the app no stop leads to. */
export async function missedBy(
  { page }: Phone,
  stops: readonly Stop[],
): Promise<readonly string[]> {
  const routes: readonly string[] = await page.evaluate(
    'Object.keys(self.__TSR_ROUTER__.routesByPath)',
  )
  return routes.filter((it) => stops.every(({ route }) => route !== it))
}

/** Opens the app as on a phone where somebody is signed in and nothing was looked at yet. */
export async function forgetAnswers(phone: Phone): Promise<void> {
  await isKept(phone)
  await phone.page.evaluate(`for (const key of Object.keys(localStorage))
    if (key.startsWith('minnaken.answer.')) localStorage.removeItem(key)`)
  await phone.open('/nowhere')
  await phone.page.locator('h1').waitFor()
}
