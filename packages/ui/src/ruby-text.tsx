import { stretchesOf } from './ruby.ts'

/** A text whose readings stand above their kanji; one piece, whatever it stands in. */
export function RubyText({ text }: Readonly<{ text: string }>) {
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
