import type { Allocation, Draw } from '@minnaken/domain'

const linesMax = 20
const grouped = (number: number): string => number.toLocaleString('en')

/** What a clerk wants to see of a draw on one page: level, remainder and histogram. */
export function summaryOf(draw: Draw, allocation: Allocation): string {
  const { terms } = draw
  const lines = [
    `事業 ${terms.campaign}  申込み ${grouped(allocation.ids.length)}人  ` +
      `売出し ${grouped(terms.units)}口  1人 ${grouped(terms.cap)}口まで`,
    ...levelLines(allocation),
    `配分 ${grouped(allocation.allocated)}口  残り ${grouped(allocation.unsold)}口`,
    allocation.everyApplicantGetsOne
      ? '申込者全員が1口以上 買えます'
      : '口数が足りず、1口も買えない人がいます',
    '口数ごとの人数',
    ...histogramLines(allocation.units),
    `一覧のSHA-256 ${allocation.listDigest}`,
  ]
  return `${lines.join('\n')}\n`
}

type Figures = Readonly<{ level: number; remainder: number; candidates: number }>

function levelLines(allocation: Allocation): readonly string[] {
  switch (allocation.kind) {
    case 'together':
      return [levelLine('水準', allocation.pool.share)]
    case 'households':
      return [levelLine('世帯の水準', allocation.pool.share)]
    case 'groups':
      return allocation.groups.map((pool) =>
        levelLine(
          `区分 ${pool.group}  ${grouped(pool.units)}口のうち ${grouped(pool.allocated)}口  水準`,
          pool.share,
        ),
      )
    default: {
      const none: never = allocation
      return none
    }
  }
}

const levelLine = (words: string, { level, remainder, candidates }: Figures): string =>
  `${words} ${grouped(level)}口まで全員` +
  (candidates === 0
    ? '、減らされた人はいません'
    : `、残る ${grouped(remainder)}口を ${grouped(candidates)}件で抽選`)

function histogramLines(units: readonly number[]): readonly string[] {
  const people = new Map<number, number>()
  for (const given of units) people.set(given, (people.get(given) ?? 0) + 1)
  const rows = [...people].toSorted(([a], [b]) => a - b)
  const shown = rows.slice(0, linesMax).map(([given, count]) => {
    const bar = '#'.repeat(Math.ceil((40 * count) / units.length))
    return `  ${grouped(given).padStart(6)}口 ${grouped(count).padStart(11)}人  ${bar}`
  })
  if (rows.length > linesMax) shown.push(`  ほか ${rows.length - linesMax}通り`)
  return shown
}
