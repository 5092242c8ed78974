import { isUtf8 } from 'node:buffer'
import { type Finding, hasErrors, lintCampaignFile } from '@minnaken/domain'
import { type Command, InputError, print, printJson, readInput } from '../command.ts'
import { fileAndJson } from '../arguments.ts'
import { findUnclearJson } from '../strict-json.ts'

/** Says whether a campaign may be sold as its file states it, and if not, why. */
export const command: Command = {
  usage: 'campaign lint FILE [--json]',
  summary:
    '事業の設定を法令と算数に照らして調べます / checks a campaign against law and arithmetic',
  run: async (args) => {
    const { file, json } = fileAndJson(args)
    const findings = await findingsIn(file)
    const valid = !hasErrors(findings)
    await (json ? printJson({ valid, findings }) : print(wordsFor(findings, valid)))
    return valid ? 0 : 1
  },
}

/**
 * What breaks a rule is a finding; what is no JSON, or JSON that two programs could read
 * differently (a name twice, `1e4`), cannot be judged at all. Throws InputError then.
 */
async function findingsIn(file: string): Promise<readonly Finding[]> {
  const bytes = await readInput(file)
  if (!isUtf8(bytes)) throw new InputError(`${file}: UTF-8ではありません / not UTF-8`)
  const text = bytes.toString('utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new InputError(`${file}: JSONではありません / not JSON (${why})`)
  }
  const findings = lintCampaignFile(value)
  const unclear = hasErrors(findings) ? null : findUnclearJson(text)
  if (unclear !== null) throw new InputError(`${file}: ${unclear}`)
  return findings
}

const levels = { error: '誤り / error', warning: '注意 / warning' } as const

function wordsFor(findings: readonly Finding[], valid: boolean): string {
  const lines = findings.map(
    ({ level, rule, path, message }) =>
      `${levels[level]}  ${path === '' ? '全体 / all' : path}  [${rule}]\n` +
      `    ${message.ja}\n    ${message.en}`,
  )
  lines.push(valid ? '販売できます / may be sold' : '販売できません / must not be sold')
  return `${lines.join('\n')}\n`
}
