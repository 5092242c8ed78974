import { storageOf } from '@minnaken/ui/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

let isTouched = false

/** As on an iPhone: says nothing, ever, until something was said in a touch. */
class FakeSpeech {
  readonly said: [text: string, lang: string, volume: number][] = []
  speaking = false
  pending = false
  private isAllowed = false

  speak({ text, lang, volume }: Utterance): void {
    this.isAllowed ||= isTouched
    if (!this.isAllowed) return
    this.speaking = true
    this.said.push([text, lang, volume])
  }

  cancel(): void {
    this.speaking = false
  }
}

class Utterance {
  readonly text: string
  lang = ''
  volume = 1
  rate = 1
  constructor(text: string) {
    this.text = text
  }
}

let speech = new FakeSpeech()
const heard = () => speech.said.filter(([text]) => text !== '').map(([text, lang]) => [text, lang])

const words = Object.fromEntries(
  ['ja', 'ja-easy', 'en', 'zh-Hans', 'ko'].map((it) => [`../words/${it}.json`, async () => ({})]),
)

/** The till as it is just after it was opened. */
async function openTill() {
  vi.resetModules()
  const { tellPractised, tellTaken } = await import('./tell-taken.ts')
  const { chooseVoice } = await import('./voice-choice.ts')
  const { allowSound, chooseLanguage, startWords } = await import('@minnaken/ui')
  await startWords(words)
  const touch = () => {
    isTouched = true
    allowSound()
    isTouched = false
  }
  return { tellPractised, tellTaken, chooseVoice, allowSound, chooseLanguage, touch }
}

beforeEach(() => {
  speech = new FakeSpeech()
  vi.stubGlobal('localStorage', storageOf(new Map()))
  vi.stubGlobal('document', { documentElement: { dataset: {} } })
  vi.stubGlobal('navigator', { languages: ['ja'] })
  vi.stubGlobal('speechSynthesis', speech)
  vi.stubGlobal('SpeechSynthesisUtterance', Utterance)
})
afterEach(() => vi.unstubAllGlobals())

test('an amount is heard without a touch of its own, once the till was touched before', async () => {
  const { tellTaken, allowSound, touch } = await openTill()
  tellTaken(800)
  expect(heard()).toEqual([])
  allowSound()
  tellTaken(800)
  expect(heard()).toEqual([])
  touch()
  expect(speech.said).toEqual([['', '', 0]])
  touch()
  expect(speech.said).toHaveLength(1)
  tellTaken(800)
  expect(heard()).toEqual([['はっぴゃくえん', 'ja-JP']])
})

test.each([
  ['ja', 'はっぴゃくえん', 'ja-JP', /^れんしゅう/],
  ['ja-easy', 'はっぴゃくえん', 'ja-JP', /^れんしゅう/],
  ['en', '¥800', 'en-US', /^Training/],
  ['zh-Hans', '800', 'zh-CN', /^练习/],
  ['ko', '800', 'ko-KR', /^연습/],
] as const)(
  'in %s an amount is said as such, and in practice that it is practice comes first',
  async (language, amount, lang, first) => {
    const { tellTaken, tellPractised, chooseLanguage, touch } = await openTill()
    await chooseLanguage(language)
    touch()
    tellTaken(800)
    tellPractised(800)
    const [real, practised] = heard()
    expect(real).toEqual([expect.stringContaining(amount), lang])
    expect(real?.[0]).not.toMatch(first)
    expect(practised).toEqual([expect.stringMatching(first), lang])
    expect(practised?.[0]?.endsWith(real?.[0] ?? '-')).toBe(true)
  },
)

test('with the voice turned off nothing is said, be it practice or not', async () => {
  const { tellTaken, tellPractised, chooseVoice, touch } = await openTill()
  chooseVoice(false)
  touch()
  tellTaken(800)
  tellPractised(800)
  expect(speech.said).toEqual([])
})

test('whatever a browser lacks or refuses, the result goes on to the screen', async () => {
  const { tellTaken, tellPractised, touch } = await openTill()
  vi.stubGlobal('AudioContext', undefined)
  vi.stubGlobal('speechSynthesis', {
    cancel() {
      throw new Error('no voice')
    },
  })
  expect(() => {
    touch()
    tellTaken(800)
    tellPractised(800)
  }).not.toThrow()
})
