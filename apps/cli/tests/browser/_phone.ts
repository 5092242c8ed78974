import { randomBytes } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type Browser,
  type BrowserContext,
  type CDPSession,
  type Page,
  chromium,
} from 'playwright-core'
import { type Camera, openCamera } from './_camera.ts'
import { watchOver } from './_guard.ts'
import { type Passkeys, givePasskeys } from './_passkeys.ts'
import type { Programs } from './_programs.ts'
import { stage } from './_stage.ts'

/** Kept after the tests, to be looked at. */
const screensFolder = fileURLToPath(new URL('../../../../.data/screens/', import.meta.url))

const steppingBack = fileURLToPath(new URL('phone.sh', import.meta.url))

const filmsFolder = fileURLToPath(new URL('../../../../.data/films/', import.meta.url))

export type PhoneOptions = Readonly<{
  app: 'resident' | 'shop'
  width?: number
  height?: number
  /** What the browser asks for, as in `en-US`. */
  language?: string
  /** Which screen is opened first. */
  path?: string
}>

/** A device in somebody's hand: a browser of its own, with a camera and passkeys. */
export type Phone = Readonly<{
  page: Page
  context: BrowserContext
  origin: string
  camera: Camera
  passkeys: Passkeys
  /** Opens a screen of the app by its address. */
  open: (path: string) => Promise<void>
  /** Flight mode: neither the page nor its service worker reaches anything. */
  cutNetwork: () => Promise<void>
  restoreNetwork: () => Promise<void>
  /** So many days pass on the phone's clock too; seen by screens that are opened from now on. */
  daysPass: (days: number) => Promise<void>
  /** What is on the screen at this moment; with a name it is kept for people to look at. */
  screen: (name?: string, scale?: 'css' | 'device') => Promise<Uint8Array>
  /** What must not have happened, and did. */
  faults: readonly string[]
  /** Another page of the app beside this one: the same person on the same device. */
  beside: (path: string) => Promise<Phone>
  close: () => Promise<void>
}>

/** Long enough for a machine that is busy with something else. */
const WAIT_MS = 20_000

type Device = Readonly<{ browser: Browser; camera: Camera }>

/** Browsers that nobody uses at the moment: starting one takes a second. */
const idle: Device[] = []

export async function openPhone(programs: Programs, options: PhoneOptions): Promise<Phone> {
  const device = idle.pop() ?? (await startDevice(programs))
  const { browser, camera } = device
  const { origins } = await stage('look')
  const origin = origins[options.app]
  const context = await browser.newContext({
    viewport: { width: options.width ?? 390, height: options.height ?? 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
    locale: options.language ?? 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    permissions: ['camera'],
  })
  context.setDefaultTimeout(WAIT_MS)
  const faults = watchOver(context, [origin])
  const network = networkOf(context)
  const page = await context.newPage()
  const passkeys = await givePasskeys(page)
  const whole = {
    context,
    origin,
    camera,
    passkeys,
    faults,
    cutNetwork: () => network.set(true),
    restoreNetwork: () => network.set(false),
    daysPass: async (days: number) => {
      await context.addInitScript({
        content: `{ const now = Date.now; Date.now = () => now() + ${days * 86_400_000} }`,
      })
    },
    close: async () => {
      await context.close()
      await camera.seesNothing()
      idle.push(device)
    },
  }
  const openOn = async (it: Page, first: string): Promise<Phone> => {
    const settle = await network.take(it)
    const open = async (path: string) => {
      await it.goto(`${origin}${path}`)
      await settle()
    }
    await open(first)
    return {
      ...whole,
      page: it,
      open,
      screen: (name, scale = 'device') =>
        it.screenshot({
          scale,
          ...(name === undefined ? {} : { path: join(screensFolder, `${name}.png`) }),
        }),
      beside: async (path) => openOn(await context.newPage(), path),
    }
  }
  return openOn(page, options.path ?? '/')
}

/** A page that is not in front is drawn once a second, and at once when its size changes. */
export async function redraw({ page }: Phone): Promise<void> {
  const size = page.viewportSize()
  if (size === null) return
  await page.setViewportSize({ ...size, width: size.width - 1 })
  await page.setViewportSize(size)
}

/** Waits until a page was drawn at its size: a picture before that has pieces of the size before. */
export async function drawn({ page }: Phone): Promise<void> {
  await page.evaluate(`new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(done))
    setTimeout(done, 200)
  })`)
}

/** Says on every page whether there is a network: a document that is opened later forgets. */
function networkOf(context: BrowserContext) {
  let isCut = false
  const pages: CDPSession[] = []
  const say = (cdp: CDPSession) =>
    cdp.send('Network.emulateNetworkConditions', {
      offline: isCut,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    })
  return {
    set: async (cut: boolean) => {
      isCut = cut
      await context.setOffline(cut)
      await Promise.all(pages.map(say))
    },
    /** Answers what to do when a document was opened on the page. */
    take: async (page: Page) => {
      const cdp = await context.newCDPSession(page)
      pages.push(cdp)
      return async () => {
        if (isCut) await say(cdp)
      }
    },
  }
}

async function startDevice(programs: Programs): Promise<Device> {
  await mkdir(filmsFolder, { recursive: true })
  const camera = await openCamera(
    programs,
    join(filmsFolder, `${randomBytes(6).toString('hex')}.y4m`),
  )
  const browser = await chromium.launch({
    executablePath: steppingBack,
    env: { ...process.env, PHONE_BROWSER: programs.chromium },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${camera.file}`,
    ],
  })
  return { browser, camera }
}

/** Ends the browsers of this test file. */
export async function stopDevices(): Promise<void> {
  for (const { browser, camera } of idle.splice(0)) {
    await browser.close()
    await rm(camera.file, { force: true })
  }
}
