import { stretchesOf } from './ruby.ts'

const named = /(\u2066.*?\u2069|\u2068.*?\u2069)/u

/**
 * A name for a sentence of any language, as a value of its words: it is said in Japanese, and
 * whatever it holds changes nothing of the sentence around it.
 */
export const japanese = (name: string): string => `\u2066${name}\u2069`

/** The same for what somebody typed: nobody knows in which language. */
export const typed = (name: string): string => `\u2068${name}\u2069`

/** A text whose readings stand above their kanji, and whose names are told apart from it. */
export function RubyText({ text }: Readonly<{ text: string }>) {
  const parts = text.split(named)
  if (parts.length === 1) return <WithReadings text={text} />
  return (
    <span>
      {parts.map((part, at) =>
        at % 2 === 0 ? (
          <WithReadings key={at} text={part} />
        ) : part.startsWith('\u2068') ? (
          <bdi key={at} lang="">
            {part.slice(1, -1)}
          </bdi>
        ) : (
          <span key={at} lang="ja">
            {part.slice(1, -1)}
          </span>
        ),
      )}
    </span>
  )
}

/** One piece, whatever it stands in. */
function WithReadings({ text }: Readonly<{ text: string }>) {
  const stretches = stretchesOf(text)
  if (stretches.every(({ reading }) => reading === undefined)) return <WithDates text={text} />
  return (
    <span>
      {stretches.map((stretch, at) =>
        stretch.reading === undefined ? (
          stretch.text
        ) : (
          <ruby key={at}>
            {stretch.text}
            <rp>(</rp>
            <rt>{stretch.reading}</rt>
            <rp>)</rp>
          </ruby>
        ),
      )}
    </span>
  )
}

/** 2月14日(日), which nobody reads well across the end of a line. */
const day = /((?:\d+年)?\d+月\d+日(?:\(.\))?)/

function WithDates({ text }: Readonly<{ text: string }>) {
  const parts = text.split(day)
  if (parts.length === 1) return text
  return (
    <span>
      {parts.map((part, at) =>
        at % 2 === 0 ? (
          part
        ) : (
          <span key={at} className="whitespace-nowrap">
            {part}
          </span>
        ),
      )}
    </span>
  )
}
