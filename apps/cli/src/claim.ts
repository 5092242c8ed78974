import { parseClaims, type PremiumClaim, premiumClaims } from '@minnaken/domain'
import { type Command, print, printJson } from './command.ts'
import { fileAndJson } from './arguments.ts'
import { refuseFaults } from './faults.ts'
import { readStrictJson } from './strict-json.ts'

/** Computes the premium to claim from the ward, cumulative per kind, at each moment asked for. */
export const command: Command = {
  usage: 'claim FILE [--json]',
  summary: '区へのプレミアム分の請求額を計算します / the premium to claim from the ward',
  run: async (args) => {
    const { file, json } = fileAndJson(args)
    const parsed = parseClaims(await readStrictJson(file, { signed: ['used'] }))
    if ('faults' in parsed) return refuseFaults(file, parsed.faults)
    const claims = premiumClaims(parsed.input)
    await (json ? printJson(claims) : print(claims.map(wordsFor).join('')))
    return 0
  },
}

const grouped = (amount: number): string => amount.toLocaleString('en')

function wordsFor({ at, kinds, claimYen }: PremiumClaim): string {
  const lines = Object.entries(kinds).map(
    ([code, kind]) =>
      `    ${code}  利用 ${grouped(kind.usedYen)}円  プレミアム ${grouped(kind.premiumYen)}円` +
      `  今回 ${grouped(kind.claimYen)}円`,
  )
  return `${at} まで  請求 ${grouped(claimYen)}円\n${lines.join('\n')}\n`
}
