import type { CDPSession, Page } from 'playwright-core'

const sorted = (values: readonly number[]) => values.toSorted((one, other) => one - other)

const median = (values: readonly number[]): number =>
  sorted(values)[Math.floor(values.length / 2)] ?? Number.NaN

/** Middle, worst and number of what was measured, in milliseconds. */
export function inWords(values: readonly number[]): string {
  const round = (ms: number) => `${Math.round(ms).toLocaleString('en')} ms`
  return `median ${round(median(values))}, worst ${round(Math.max(...values))} of ${values.length}`
}

/** Notes on every page that is opened from now on when `selector` was first drawn. */
export const noteFirst = (page: Page, selector: string): Promise<unknown> =>
  page.addInitScript({
    content: `{
      const look = () => {
        if (document.querySelector(${JSON.stringify(selector)}) === null) requestAnimationFrame(look)
        else requestAnimationFrame(() => { self.firstSeen = performance.now() })
      }
      requestAnimationFrame(look)
    }`,
  })

/** What {@link noteFirst} noted: milliseconds since the address was entered. */
export async function firstSeen(page: Page): Promise<number> {
  await page.waitForFunction(() => 'firstSeen' in globalThis)
  return page.evaluate('self.firstSeen')
}

/**
 * Resolves with the milliseconds from the camera's first frame that is not empty until `selector`
 * is drawn. What is filmed before is of one colour.
 */
export const fromPictureTo = (page: Page, selector: string): Promise<number> =>
  page.evaluate(`new Promise((told) => {
    const video = document.querySelector('video')
    const canvas = new OffscreenCanvas(16, 16)
    const context = canvas.getContext('2d', { willReadFrequently: true })
    let since
    const film = () => {
      context.drawImage(video, 0, 0, 16, 16)
      const { data } = context.getImageData(4, 4, 8, 8)
      const reds = data.filter((_, at) => at % 4 === 0)
      if (Math.max(...reds) - Math.min(...reds) > 60) since = performance.now()
      else video.requestVideoFrameCallback(film)
    }
    video.requestVideoFrameCallback(film)
    const look = () => {
      if (since === undefined || document.querySelector(${JSON.stringify(selector)}) === null)
        requestAnimationFrame(look)
      else requestAnimationFrame(() => told(performance.now() - since))
    }
    requestAnimationFrame(look)
  })`)

/** A cheap phone in a crowded street. */
const slow = { latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 }
const CPU_TIMES_SLOWER = 6

/** Slows the page's processor and network down, and counts what it is sent. */
export async function slowDown(cdp: CDPSession): Promise<Readonly<{ bytes: () => number }>> {
  let bytes = 0
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await cdp.send('Network.enable')
  await cdp.send('Network.emulateNetworkConditions', { offline: false, ...slow })
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_TIMES_SLOWER })
  return { bytes: () => bytes }
}

/** Leaves the person signed in, and nothing of the app on the phone. */
export async function forgetApp(cdp: CDPSession, origin: string): Promise<void> {
  await cdp.send('Storage.clearDataForOrigin', {
    origin,
    storageTypes: 'service_workers,cache_storage',
  })
  await cdp.send('Network.clearBrowserCache')
}
