import { parseSecondSale, sellLeftovers, type SecondSaleResult } from '@minnaken/domain'
import { print, type Command } from '../command.ts'
import { fileAndJson } from '../arguments.ts'
import { refuseFaults } from '../faults.ts'
import { readStrictJson } from '../strict-json.ts'

/** Sells the leftovers of a draw by the server's sequence numbers. */
export const command: Command = {
  usage: 'draw second-sale FILE [--json]',
  summary: '残りの口数を先着順で配分します / sells what is left, first come, first served',
  run: async (args) => {
    const { file, json } = fileAndJson(args)
    const parsed = parseSecondSale(await readStrictJson(file))
    if ('faults' in parsed) return refuseFaults(file, parsed.faults)
    const result = sellLeftovers(parsed.sale)
    await print(json ? jsonOf(result) : summaryOf(parsed.sale.stock, result))
    return 0
  },
}

/** Not through an object: JavaScript would move ids like `10` before all others. */
function jsonOf({ granted, partial, refused, left }: SecondSaleResult): string {
  const units = [...granted].map(([id, given]) => `${JSON.stringify(id)}:${given}`)
  const rest = JSON.stringify({ partial, refused, left })
  return `{"granted":{${units.join(',')}},${rest.slice(1)}\n`
}

function summaryOf(stock: number, { granted, partial, refused, left }: SecondSaleResult): string {
  const capped = refused.filter(({ why }) => why === 'person_cap').length
  return [
    `在庫 ${stock}口  販売 ${stock - left}口  残り ${left}口`,
    `買えた人 ${granted.size}人（うち希望より少ない申込み ${partial.length}件）`,
    `お断り 上限に達した人 ${capped}件  売切れ ${refused.length - capped}件`,
    '',
  ].join('\n')
}
