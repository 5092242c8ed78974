import { expect, test } from 'vitest'
import { toldOnce } from './told-once.ts'

const nothing = (frames: number) => Array<null>(frames).fill(null)

test.each<[string, (string | null)[], string[]]>([
  ['a code that is held still is one', ['a', 'a', 'a'], ['a']],
  ['a blurred frame is no new customer', ['a', ...nothing(11), 'a'], ['a']],
  ['a code that was away is told again', ['a', ...nothing(12), 'a'], ['a', 'a']],
  ['another code is told at once', ['a', 'b', 'a'], ['a', 'b', 'a']],
  ['nothing is nothing', nothing(30), []],
])('%s', (_, frames, told) => {
  const heard: string[] = []
  const see = toldOnce((text) => heard.push(text))
  for (const frame of frames) see(frame)
  expect(heard).toEqual(told)
})
