import { type Command, InputError, print } from '../command.ts'
import { listenForEnd } from '../platform/interruption.ts'
import { readList } from './keyed.ts'
import { pageOf, writeDemoFile } from './report.ts'
import { runDemo } from './run.ts'

export const command: Command = {
  usage: 'demo [--applications CSV] [--units N]',
  summary:
    'みらい区の商品券事業を最初から最後まで動かし、帳簿と抽選を確かめます / Runs a whole campaign and checks it.',
  async run(args) {
    const { applications, units } = optionsOf(args)
    const lines = applications === null ? null : await readList(applications)
    listenForEnd()
    const summary = await runDemo({ lines, units, residents: 500 })
    const page = pageOf(summary)
    await writeDemoFile('summary.txt', page)
    await print(page)
    const isTrue = summary.verification.balanced && summary.facts.every(({ ok }) => ok)
    return isTrue ? 0 : 1
  },
}

function optionsOf(args: readonly string[]) {
  let applications: string | null = null
  let units: number | null = null
  for (let place = 0; place < args.length; place += 2) {
    const [name, value] = [args[place], args[place + 1]]
    if (value === undefined) throw new InputError(`${name}: 値がありません / a value is needed`)
    if (name === '--applications') applications = value
    else if (name === '--units' && /^[1-9]\d{0,6}$/.test(value)) units = Number(value)
    else throw new InputError(`${name} ${value}: 分かりません / not understood`)
  }
  return { applications, units }
}
