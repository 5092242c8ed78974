import { RubyText } from './ruby-text.tsx'
import { useFormat } from './format.ts'

const sizes = {
  body: '',
  large: 'text-3xl font-bold leading-120',
  // As wide as a small phone can show 125,000 yen with larger text.
  largest: 'text-[min(3rem,12vw)] font-bold leading-120 tracking-tight',
} as const

/** An amount of yen in the words of the reader's language, never broken across lines. */
export function Amount({
  yen,
  size = 'body',
}: Readonly<{ yen: number; size?: keyof typeof sizes }>) {
  const format = useFormat()
  return (
    <span className={`whitespace-nowrap tabular-nums ${sizes[size]}`}>
      <RubyText text={format.yen(yen)} />
    </span>
  )
}
