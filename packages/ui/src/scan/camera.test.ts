import { afterEach, beforeEach, expect, test, vi } from 'vitest'

let started: { readyState: string; stop: () => void }[] = []

beforeEach(() => {
  vi.useFakeTimers()
  started = []
  const getUserMedia = () => {
    const track = { readyState: 'live', stop: () => (track.readyState = 'ended') }
    started.push(track)
    return Promise.resolve({ getTracks: () => [track], getVideoTracks: () => [track] })
  }
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.resetModules()
})

test('a camera stays hot between two customers, and is off a minute after the last', async () => {
  const { leaveCamera, openCamera } = await import('./camera.ts')
  await openCamera()
  leaveCamera()
  await vi.advanceTimersByTimeAsync(59_000)
  expect(await openCamera()).toMatchObject({ kind: 'open' })
  expect(started.map(({ readyState }) => readyState)).toEqual(['live'])
  leaveCamera()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(started.map(({ readyState }) => readyState)).toEqual(['ended'])
  await openCamera()
  expect(started.map(({ readyState }) => readyState)).toEqual(['ended', 'live'])
})
