import { expect, test } from 'vitest'
import { whenCameraLost } from './camera-lost.ts'

type Seen = 'visible' | 'hidden'

/** A camera and a page that change when the test says so. */
function filming(visibilityState: Seen = 'visible') {
  const camera: { readyState: MediaStreamTrackState } = { readyState: 'live' }
  const sight: { visibilityState: Seen } = { visibilityState }
  const track = Object.assign(new EventTarget(), camera)
  const page = Object.assign(new EventTarget(), sight)
  let times = 0
  const stop = whenCameraLost(track, page, () => times++)
  return {
    stop,
    times: () => times,
    taken: () => {
      track.readyState = 'ended'
      track.dispatchEvent(new Event('ended'))
    },
    look: (how: Seen) => {
      page.visibilityState = how
      page.dispatchEvent(new Event('visibilitychange'))
    },
  }
}

test('a camera that is taken away while somebody looks is asked for again', () => {
  const { taken, times } = filming()
  taken()
  expect(times()).toBe(1)
})

test('one that was taken in the back is asked for when somebody looks again', () => {
  const { taken, look, times } = filming('hidden')
  taken()
  expect(times()).toBe(0)
  look('visible')
  expect(times()).toBe(1)
})

test('one that is still on is left alone', () => {
  const { look, times } = filming()
  look('hidden')
  look('visible')
  expect(times()).toBe(0)
})

test('who stopped looking asks for none', () => {
  const { stop, taken, look, times } = filming()
  stop()
  taken()
  look('visible')
  expect(times()).toBe(0)
})
