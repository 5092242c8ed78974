import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { pictureWords } from './picture-words.ts'
import { twoWords, twoWordsOf } from './two-words.ts'

const words = pictureWords()

test('there are 256 words, each with its picture and its name in every language', () => {
  expect(words).toHaveLength(256)
  for (const { picture, ja, en, zh, ko } of words) {
    expect(ja).toMatch(/^[ぁ-ゖー]{2,}$/)
    expect(en).toMatch(/^[A-Za-z]+( [A-Za-z]+)*$/)
    expect(zh).toMatch(/^\p{Script=Han}+$/u)
    expect(ko).toMatch(/^[가-힣]+$/)
    expect(picture).toMatch(/^\p{Emoji}️?$/u)
  }
})

test.each(['picture', 'ja', 'en', 'zh', 'ko'] as const)('no two words have the same %s', (part) => {
  expect(new Set(words.map((word) => word[part])).size).toBe(256)
})

/** As it sounds across a noisy counter: without voicing marks, small kana and long vowels. */
const asHeard = (kana: string): string =>
  kana
    .normalize('NFD')
    .replaceAll(/[\u3099\u309a]/g, '')
    .replaceAll(/[ぁぃぅぇぉっゃゅょ]/g, (small) => String.fromCharCode(small.charCodeAt(0) + 1))
    .replaceAll('ー', '')

/** How many kana have to be changed, added or left out to make one out of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
        ),
      )
    row = next
  }
  return row[b.length] ?? 0
}

test('no two words can be taken for each other', () => {
  const heard = words.map(({ ja }) => asHeard(ja))
  const close = heard.flatMap((a, at) =>
    heard
      .slice(at + 1)
      .filter((b) => distance(a, b) < 2 || a.startsWith(b) || b.startsWith(a))
      .map((b) => `${a} ${b}`),
  )
  expect(close).toEqual([])
})

test('the phone and the till make the same two words of a nonce', async () => {
  const nonce = Uint8Array.from({ length: 16 }, (_, at) => at)
  const atTheTill = twoWordsOf(createHash('sha256').update(nonce).digest())
  expect(await twoWords(nonce)).toEqual(atTheTill)
  // SHA-256 of 00 01 … 0f begins with be 45.
  expect(atTheTill).toEqual([words[0xbe], words[0x45]])
})

test('a word keeps its place for ever', () => {
  const list = words.map(({ ja }) => ja).join('\n')
  expect(createHash('sha256').update(list).digest('hex')).toMatchInlineSnapshot(
    `"63012094a6b3656f165b65756c56828ed715892a87f6d79567f2a1c5a5bd63f6"`,
  )
})
