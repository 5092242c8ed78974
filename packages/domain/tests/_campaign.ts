import { sampleCampaign } from '../src/sample-campaign.ts'
import { assert, type Campaign, lintCampaign, parseCampaign } from '../src/index.ts'

type Json = null | boolean | number | string | Json[] | { [field: string]: Json }

/** The invented ward's campaign, in the form of its file. A fresh value each time. */
export const campaignJson = (): { [field: string]: Json } => sampleCampaign()

/** What to write anew in the file, by path. */
export type Places = Readonly<Record<string, Json | undefined>>

/** The same file with some places written anew, `{ 'windows.use[1]': '…' }`; undefined takes one out. */
export function changed(places: Places): unknown {
  const file = campaignJson()
  for (const [path, value] of Object.entries(places)) {
    const names = path.split(/[.[\]]+/).filter((name) => name !== '')
    const last = names.pop() ?? ''
    const parent = names.reduce<unknown>((at, name) => Reflect.get(Object(at), name), file)
    if (value === undefined) Reflect.deleteProperty(Object(parent), last)
    else Reflect.set(Object(parent), last, value)
  }
  return file
}

export function campaignOf(file: unknown): Campaign {
  const parsed = parseCampaign(file)
  assert('campaign' in parsed, `a campaign can be read: ${JSON.stringify(parsed)}`)
  return parsed.campaign
}

/** What the linter finds in a file that can be read, as `level rule path`. */
export const findingsOf = (file: unknown): string[] =>
  lintCampaign(campaignOf(file)).map(({ level, rule, path }) => `${level} ${rule} ${path}`)

export const jst = (day: string, time = '00:00:00'): string => `${day}T${time}+09:00`
