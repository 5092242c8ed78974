import { afterEach, beforeEach, expect, test, vi } from 'vitest'

let heard: number[] = []
let isTouched = false

/** As in a browser: silent until somebody touched the page, and then asked to go on. */
class FakeAudio {
  state = isTouched ? 'running' : 'suspended'
  currentTime = 0
  destination = {}

  async resume(): Promise<void> {
    if (isTouched) this.state = 'running'
  }

  createGain() {
    const gain = { setValueAtTime: () => {}, exponentialRampToValueAtTime: () => {} }
    return { gain, connect: () => {} }
  }

  createOscillator() {
    const frequency = { value: 0 }
    return {
      frequency,
      connect: (to: unknown) => to,
      start: () => heard.push(frequency.value),
      stop: () => {},
    }
  }
}

/** The app as it is just after it was opened. */
async function openApp() {
  vi.resetModules()
  const { tab } = await import('./app-frame.tsx')
  const { allowSound, playPractice, playRefusal, playSuccess } = await import('./sound.ts')
  return { tab, allowSound, playPractice, playRefusal, playSuccess }
}

beforeEach(() => {
  heard = []
  isTouched = false
  vi.stubGlobal('AudioContext', FakeAudio)
  vi.stubGlobal('navigator', { userActivation: { hasBeenActive: false } })
})
afterEach(() => vi.unstubAllGlobals())

test('whoever pressed a tab hears the next result without touching anything more', async () => {
  const { tab, playSuccess } = await openApp()
  isTouched = true
  tab.onClick()
  playSuccess()
  expect(heard).toHaveLength(2)
})

test('what was taken and what was not sound different', async () => {
  const { allowSound, playRefusal, playSuccess } = await openApp()
  isTouched = true
  allowSound()
  playSuccess()
  const taken = heard.splice(0)
  playRefusal()
  expect(heard).toHaveLength(1)
  expect(Math.max(...heard)).toBeLessThan(Math.min(...taken))
})

test('a page that nobody touched is silent, and sounds once somebody did', async () => {
  const { allowSound, playSuccess } = await openApp()
  playSuccess()
  allowSound()
  playSuccess()
  expect(heard).toEqual([])
  isTouched = true
  allowSound()
  await Promise.resolve()
  playSuccess()
  expect(heard).toHaveLength(2)
})

test('practice sounds like no outcome of a payment', async () => {
  const { allowSound, playPractice, playRefusal, playSuccess } = await openApp()
  isTouched = true
  allowSound()
  const [taken, refused, practised] = [playSuccess, playRefusal, playPractice].map((play) => {
    play()
    return heard.splice(0)
  })
  expect(practised).not.toHaveLength(0)
  for (const note of practised ?? []) expect([taken, refused].flat()).not.toContain(note)
})

test.each([
  ['does not tell whether it was touched', {}],
  ['has no buzz that works', { userActivation: { hasBeenActive: true }, vibrate: 'broken' }],
])('what was taken is heard in a browser that %s', async (_, navigator) => {
  vi.stubGlobal('navigator', navigator)
  const { allowSound, playSuccess } = await openApp()
  isTouched = true
  allowSound()
  playSuccess()
  expect(heard).toHaveLength(2)
})

test('a browser without any sound stops nobody', async () => {
  vi.stubGlobal('AudioContext', undefined)
  const { allowSound, playRefusal, playSuccess } = await openApp()
  for (const it of [allowSound, playSuccess, playRefusal]) expect(it).not.toThrow()
})

test('a touch allows what else asked for it, though one of them fails', async () => {
  const { allowSound } = await openApp()
  const { alsoAllow } = await import('./sound.ts')
  const allowed = vi.fn<() => void>()
  alsoAllow(() => {
    throw new Error('no voice')
  })
  alsoAllow(allowed)
  allowSound()
  expect(allowed).toHaveBeenCalledOnce()
})
