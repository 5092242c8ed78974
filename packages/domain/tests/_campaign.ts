import { assert, type Campaign, lintCampaign, parseCampaign } from '../src/index.ts'

type Json = null | boolean | number | string | Json[] | { [field: string]: Json }

/** The invented ward's campaign, in the form of its file. A fresh value each time. */
export const campaignJson = (): { [field: string]: Json } => ({
  id: 'MIRAI2027',
  name: 'みらい区プレミアム付き共通商品券',
  issuer: 'みらい区商店街振興組合連合会',
  currency: 'JPY',
  kinds: [
    {
      code: 'COMMON',
      label: '共通券',
      priceYen: 5000,
      faceYen: 6000,
      acceptedBy: ['SMALL', 'LARGE', 'MEDICAL', 'TAXI'],
    },
    { code: 'LIMITED', label: '限定券', priceYen: 5000, faceYen: 6500, acceptedBy: ['SMALL'] },
  ],
  unit: { priceYen: 10000, faceYen: 12500, parts: ['COMMON', 'LIMITED'] },
  stock: { units: 48000 },
  eligibility: { groups: ['RESIDENT', 'WORKER'], minAge: 0 },
  allocation: { algorithm: 'maxmin-v1', groups: 'together' },
  caps: { perPersonUnits: 5, secondSalePerPerson: 2 },
  windows: {
    apply: ['2026-12-01T10:00:00+09:00', '2026-12-18T00:00:00+09:00'],
    draw: '2027-01-12T10:00:00+09:00',
    results: '2027-01-20T10:00:00+09:00',
    pay: ['2027-02-01T10:00:00+09:00', '2027-02-15T00:00:00+09:00'],
    secondSale: ['2027-02-22T10:00:00+09:00', '2027-03-01T00:00:00+09:00'],
    use: ['2027-02-01T00:00:00+09:00', '2027-08-01T00:00:00+09:00'],
  },
  issueDate: '2027-02-01',
  expiresExclusive: '2027-08-01T00:00:00+09:00',
  spending: { minYen: 1, perCodeYenMax: 50000, change: false, partial: true },
  settlement: {
    rule: 'A',
    roll: 'previous',
    closings: ['15', 'EOM'],
    minimumYen: 0,
    transferFee: 'FEDERATION',
    shopFeeBps: 0,
  },
  premium: { funder: 'WARD', claim: 'MONTHLY_CUMULATIVE' },
})

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
