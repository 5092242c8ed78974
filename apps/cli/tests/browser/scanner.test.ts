import { pictureOfCode } from '@minnaken/qr/testing'
import { expect, test } from './_test.ts'

test('a scanner whose program did not come says so, and reads once it has', async ({ phone }) => {
  const till = await phone({ app: 'shop', path: '/shop' })
  const { page } = till
  await page.route('**/*.wasm', (route) => route.abort('connectionreset'))
  // By links, so that no service worker stands between.
  await page.getByRole('link', { name: '受け取る' }).click()
  await page.getByRole('link', { name: '参加コードを読み取る' }).click()
  await page.locator('video[data-camera=open]').waitFor()
  const trouble = page.getByText('今はコードを読み取れません。')
  await trouble.waitFor()
  await till.screen('scanner-trouble')
  await page.unroute('**/*.wasm')
  await trouble.waitFor({ state: 'detached' })
  await till.camera.sees(pictureOfCode(`${till.origin}/join#${'a'.repeat(24)}`))
  await page.getByText('参加コードを読み取りました').waitFor()
  // From now on it is there without a network as well.
  expect(
    await page.evaluate(`caches.open('scanner').then((it) => it.keys()).then((it) => it.length)`),
  ).toBe(1)
})

test('a camera that another program took comes back by itself', async ({ phone }) => {
  const till = await phone({ app: 'shop', path: '/join' })
  const { page } = till
  const video = page.locator('video[data-camera=open]')
  await video.waitFor()
  // For a moment there is neither the old camera nor the new one.
  const trackNow = `document.querySelector('video')?.srcObject?.getVideoTracks()[0]`
  await page.evaluate(`{
    const track = ${trackNow}
    globalThis.taken = track
    track.stop()
    track.dispatchEvent(new Event('ended'))
  }`)
  const isBack = () => page.evaluate(`${trackNow} !== taken && ${trackNow}?.readyState === 'live'`)
  await expect.poll(isBack).toBe(true)
  await till.camera.sees(pictureOfCode(`${till.origin}/join#${'b'.repeat(24)}`))
  await page.getByText('参加コードを読み取りました').waitFor()
})
