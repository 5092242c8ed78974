import { stretchesOf } from './ruby.ts'

/** A text whose readings stand above their kanji; one piece, whatever it stands in. */
export function RubyText({ text }: Readonly<{ text: string }>) {
  const stretches = stretchesOf(text)
  if (stretches.every(({ reading }) => reading === undefined)) return text
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
