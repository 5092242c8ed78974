import { expect, test } from 'vitest'
import { sizeWithin } from './make-photo.ts'

test.each([
  [4_032, 3_024, 960, 720],
  [3_024, 4_032, 720, 960],
  [960, 960, 960, 960],
  [640, 480, 640, 480],
  [12_000, 900, 960, 72],
  [20_000, 3, 960, 1],
])('%i × %i becomes %i × %i: whole, and never larger than it was', (width, height, toW, toH) => {
  expect(sizeWithin({ width, height }, 960)).toEqual({ width: toW, height: toH })
})
