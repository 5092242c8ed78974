import { stretchesOf } from './ruby.ts'

/** A text whose readings stand above their kanji. */
export function RubyText({ text }: Readonly<{ text: string }>) {
  return stretchesOf(text).map((stretch, at) =>
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
  )
}
