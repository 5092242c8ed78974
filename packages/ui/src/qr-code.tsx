import { encode } from 'uqr'

/**
 * A code on the screen: at least 200 CSS px, white with its quiet zone also where the page is
 * dark, level M, nothing laid over it. `label` says what it is to those who do not see it.
 */
export function QrCode({ text, label }: Readonly<{ text: string; label: string }>) {
  const { size, path } = pathOf(text)
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="mx-auto block aspect-square w-[min(100%,max(200px,min(70vh,24rem)))] min-w-[200px] bg-white"
    >
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#000" d={path} />
    </svg>
  )
}

/** One rectangle for each run of dark squares in a row. */
function pathOf(text: string): Readonly<{ size: number; path: string }> {
  const { size, data } = encode(text, { ecc: 'M', boostEcc: false, border: 4 })
  const runs = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => {
      if (!isDark || row[x - 1] === true) return []
      const end = row.indexOf(false, x)
      const width = (end < 0 ? size : end) - x
      return [`M${x} ${y}h${width}v1h-${width}z`]
    }),
  )
  return { size, path: runs.join('') }
}
