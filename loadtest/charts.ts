/** A line of a chart. Lines differ by dash and mark too, so that no one has to tell colours apart. */
export type Line = Readonly<{
  name: string
  look: keyof typeof looks
  points: readonly (readonly [x: number, y: number])[]
  /** From where to where each point was measured, if more than once. */
  spread?: readonly (readonly [low: number, high: number])[]
  /** Whether each point says its value. */
  hasValues?: boolean
}>

type Axis = Readonly<{ label: string; max: number; isLog?: boolean; ticks: readonly number[] }>

export type Chart = Readonly<{
  title: string
  /** What is seen, in words, for whoever does not see it. */
  description: string
  x: Axis
  y: Axis
  lines: readonly Line[]
  /** A stretch of the x axis that is something special. */
  band?: Readonly<{ from: number; until: number; label: string }>
}>

/** Colours that people who see few colours can tell apart, and marks for those who see none. */
const looks = {
  first: { colour: '#0060a8', dash: '', mark: 'circle', width: 2.2 },
  faint: { colour: '#0060a8', dash: '2 4', mark: 'none', width: 1.6 },
  second: { colour: '#b8430a', dash: '8 4', mark: 'triangle', width: 2.2 },
} as const

const WIDTH = 860
const HEIGHT = 460
const LEFT = 76
const RIGHT = 24
const TOP = 84
const BOTTOM = 64
const font = 'font-family="Helvetica, Arial, sans-serif"'

/** Draws a chart as SVG: no script, no style sheet, nothing from elsewhere. */
export function drawChart(chart: Chart): string {
  const at = scalesOf(chart)
  const { title, description } = chart
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" ` +
      `height="${HEIGHT}" role="img" aria-labelledby="title desc" ${font} font-size="13" fill="#1a1a1a">`,
    `<title id="title">${escaped(title)}</title><desc id="desc">${escaped(description)}</desc>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    `<text x="${LEFT}" y="28" font-size="17" font-weight="bold">${escaped(title)}</text>`,
    ...legend(chart.lines),
    ...band(chart, at),
    ...axes(chart, at),
    ...chart.lines.flatMap((line) => drawLine(line, at)),
    '</svg>',
    '',
  ].join('\n')
}

type Scales = Readonly<{ x: (value: number) => number; y: (value: number) => number }>

/** Where on an axis a value lies, from 0 to 1. */
function along({ max, ticks, isLog = false }: Axis): (value: number) => number {
  if (!isLog) return (value) => value / max
  const least = ticks[0] ?? 1
  return (value) => Math.log10(Math.max(value, least) / least) / Math.log10(max / least)
}

function scalesOf({ x, y }: Chart): Scales {
  const [alongX, alongY] = [along(x), along(y)]
  return {
    x: (value) => round(LEFT + alongX(value) * (WIDTH - LEFT - RIGHT)),
    y: (value) => round(HEIGHT - BOTTOM - alongY(value) * (HEIGHT - TOP - BOTTOM)),
  }
}

function axes({ x, y }: Chart, at: Scales): string[] {
  const [right, bottom] = [WIDTH - RIGHT, HEIGHT - BOTTOM]
  const middle = (TOP + bottom) / 2
  return [
    ...y.ticks.map(
      (tick) =>
        `<path d="M${LEFT} ${at.y(tick)}H${right}" stroke="#d4d4d4"/>` +
        `<text x="${LEFT - 8}" y="${at.y(tick) + 4}" text-anchor="end">${numberText(tick)}</text>`,
    ),
    ...x.ticks.map(
      (tick) =>
        `<path d="M${at.x(tick)} ${bottom}v5" stroke="#1a1a1a"/>` +
        `<text x="${at.x(tick)}" y="${bottom + 20}" text-anchor="middle">${numberText(tick)}</text>`,
    ),
    `<path d="M${LEFT} ${TOP}V${bottom}H${right}" fill="none" stroke="#1a1a1a"/>`,
    `<text x="${(LEFT + right) / 2}" y="${HEIGHT - 16}" text-anchor="middle">${escaped(x.label)}</text>`,
    `<text transform="translate(20 ${middle}) rotate(-90)" text-anchor="middle">${escaped(y.label)}</text>`,
  ]
}

function band({ band: marked }: Chart, at: Scales): string[] {
  if (marked === undefined) return []
  const [from, until] = [at.x(marked.from), at.x(marked.until)]
  return [
    `<rect x="${from}" y="${TOP}" width="${round(until - from)}" height="${HEIGHT - TOP - BOTTOM}" fill="#f1ede2"/>`,
    `<text x="${from + 8}" y="${TOP + 18}" fill="#5c5233">${escaped(marked.label)}</text>`,
  ]
}

function legend(lines: readonly Line[]): string[] {
  let x = LEFT
  return lines.map(({ name, look }) => {
    const from = x
    x += 56 + name.length * 6.8
    return (
      stroke(`M${from} 54h32`, look) +
      markAt(from + 16, 54, look) +
      `<text x="${from + 40}" y="58">${escaped(name)}</text>`
    )
  })
}

function drawLine({ points, spread = [], look, hasValues = false }: Line, at: Scales): string[] {
  const places = points.map(([x, y]) => [at.x(x), at.y(y)] as const)
  const path = places.map(([x, y], place) => `${place === 0 ? 'M' : 'L'}${x} ${y}`).join('')
  return [
    ...spread.map(([low, high], place) => {
      const x = places[place]?.[0] ?? 0
      const [top, bottom] = [at.y(high), at.y(low)]
      return `<path d="M${x - 5} ${top}h10M${x} ${top}V${bottom}M${x - 5} ${bottom}h10" stroke="${looks[look].colour}"/>`
    }),
    stroke(path, look),
    ...places.map(([x, y]) => markAt(x, y, look)),
    ...(hasValues
      ? places.map(
          ([x, y], place) =>
            `<text x="${x + 9}" y="${y - 9}" stroke="#ffffff" stroke-width="4" paint-order="stroke">${numberText(Math.round(points[place]?.[1] ?? 0))}</text>`,
        )
      : []),
  ]
}

const stroke = (path: string, look: Line['look']): string => {
  const { colour, dash, width } = looks[look]
  const dashes = dash === '' ? '' : ` stroke-dasharray="${dash}"`
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linejoin="round"${dashes}/>`
}

function markAt(x: number, y: number, look: Line['look']): string {
  const { colour, mark } = looks[look]
  if (mark === 'none') return ''
  return mark === 'circle'
    ? `<circle cx="${x}" cy="${y}" r="3.2" fill="${colour}"/>`
    : `<path d="M${x} ${y - 4.2}l4 7h-8z" fill="#ffffff" stroke="${colour}" stroke-width="1.4"/>`
}

const round = (value: number): number => Math.round(value * 10) / 10

const numberText = (value: number): string => value.toLocaleString('en-US')

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** Round numbers from nothing to just above a value, about so many. */
export function roundTicks(max: number, about = 6): number[] {
  const raw = Math.max(max, 1e-9) / about
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = ([1, 2, 5, 10].find((each) => each * power >= raw) ?? 10) * power
  return Array.from({ length: Math.ceil(max / step) + 1 }, (_, place) => round(place * step))
}

/** Powers of ten around some values. */
export function powerTicks(values: readonly number[]): number[] {
  const positive = values.filter((value) => value > 0)
  if (positive.length === 0) return [1, 10]
  const low = Math.floor(Math.log10(Math.min(...positive)))
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...positive))))
  return Array.from({ length: high - low + 1 }, (_, place) => 10 ** (low + place))
}
