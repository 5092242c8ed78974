import { parsePublication, verifyPublication, type Verification } from '@minnaken/domain'
import { print, printJson, type Command } from './command.ts'
import { fileAndJson } from './arguments.ts'
import { refuseFaults } from './faults.ts'
import { drawHashes } from './draw/hashes.ts'
import { progressOf } from './progress.ts'
import { readStrictJson } from './strict-json.ts'

/** Does a published draw again, from its file alone: no network, no database. */
export const command: Command = {
  usage: 'verify-draw FILE [--json]',
  summary: '公表された抽選をやり直して確かめます / does a published draw again and compares',
  run: async (args) => {
    const { file, json } = fileAndJson(args)
    const parsed = parsePublication(await readStrictJson(file, { loose: ['result', 'program'] }))
    if ('faults' in parsed) return refuseFaults(file, parsed.faults)
    const { publication } = parsed
    const count = publication.applications.length
    progressOf(count)('抽選のやり直し / drawing again')
    const verification = verifyPublication(publication, drawHashes())
    if (json) await printJson(verification)
    else await print(wordsOf(verification, count))
    return verification.verified ? 0 : 1
  },
}

function wordsOf({ firstDifference }: Verification, applications: number): string {
  if (firstDifference === null)
    return `一致しました。申込み ${applications.toLocaleString('en')}件の抽選は公表のとおりです。\n`
  const { path, published, computed } = firstDifference
  return [
    `一致しません。最初の違い: ${path}`,
    `  公表 ${JSON.stringify(published)}`,
    `  再計算 ${JSON.stringify(computed)}`,
    '',
  ].join('\n')
}
