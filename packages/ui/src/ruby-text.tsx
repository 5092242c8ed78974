import { stretchesOf } from './ruby.ts'

/** A text whose readings stand above their kanji. */
export function RubyText({ text }: Readonly<{ text: string }>) {
  return stretchesOf(text).map((stretch, at) =>
    stretch.reading === undefined ? (
      stretch.text
    ) : (
      // A stretch is known by its place: the text is taken apart anew whenever it changes.
      // oxlint-disable-next-line react/no-array-index-key
      <ruby key={at}>
        {stretch.text}
        <rp>(</rp>
        <rt>{stretch.reading}</rt>
        <rp>)</rp>
      </ruby>
    ),
  )
}
