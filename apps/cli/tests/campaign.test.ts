import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

type Answer = { code: number | null; out: string; err: string }

/** Runs the command as a person would, with `input` as its standard input. */
function minnaken(words: readonly string[], input: unknown = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...words])
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk) => (out += String(chunk)))
    child.stderr.on('data', (chunk) => (err += String(chunk)))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
    child.stdin.on('error', () => undefined)
    child.stdin.end(typeof input === 'string' ? input : JSON.stringify(input))
  })
}

const campaign = {
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
      acceptedBy: ['SMALL', 'LARGE'],
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
  settlement: { rule: 'A', roll: 'previous', closings: ['15', 'EOM'] },
  premium: { funder: 'WARD', claim: 'MONTHLY_CUMULATIVE' },
}

const late = '2027-08-02T00:00:00+09:00'

test('campaign lint: a sound campaign is valid and has no finding', async () => {
  const answer = await minnaken(['campaign', 'lint', '-', '--json'], campaign)
  expect(answer).toEqual({ code: 0, out: '{"valid":true,"findings":[]}\n', err: '' })
})

test('campaign lint: a campaign that breaks the law is told where, and ends with 1', async () => {
  const windows = { ...campaign.windows, use: [campaign.windows.use[0], late] }
  const file = { ...campaign, windows, expiresExclusive: late }
  const answer = await minnaken(['campaign', 'lint', '--json', '-'], file)
  expect(answer.code).toBe(1)
  expect(JSON.parse(answer.out)).toMatchObject({
    valid: false,
    findings: [
      { level: 'error', rule: 'validity_over_six_months', path: 'windows.use[1]' },
      { level: 'error', rule: 'validity_over_six_months', path: 'expiresExclusive' },
    ],
  })
})

test('campaign lint: a field in a wrong form is a finding with its path', async () => {
  const file = { ...campaign, unit: { ...campaign.unit, priceYen: '10000' }, extra: 1 }
  const answer = await minnaken(['campaign', 'lint', '-', '--json'], file)
  expect(answer.code).toBe(1)
  expect(JSON.parse(answer.out)).toMatchObject({
    valid: false,
    findings: [{ path: 'extra' }, { path: 'unit.priceYen', message: { ja: /整数/, en: /whole/ } }],
  })
})

test('campaign lint: a warning alone ends with 0, in words for people', async () => {
  const settlement = { ...campaign.settlement, transferFee: 'SHOP' }
  const answer = await minnaken(['campaign', 'lint', '-'], { ...campaign, settlement })
  expect(answer.code).toBe(0)
  expect(answer.out).toContain('注意 / warning  settlement.transferFee')
  expect(answer.out).toContain('販売できます')
})

test.each([
  ['no JSON', '{"id":', 'JSON'],
  ['a name twice', JSON.stringify(campaign).replace('{', '{"id":"X",'), 'id'],
  ['yen with an exponent', JSON.stringify(campaign).replace('10000', '1e4'), 'unit.priceYen'],
])('campaign lint: %s cannot be judged and ends with 2', async (_fact, input, word) => {
  const answer = await minnaken(['campaign', 'lint', '-', '--json'], input)
  expect(answer).toMatchObject({ code: 2, out: '' })
  expect(answer.err).toContain(word)
})

test('campaign lint: a file that is not there ends with 2', async () => {
  const answer = await minnaken(['campaign', 'lint', '/nowhere/campaign.json', '--json'])
  expect(answer).toMatchObject({ code: 2, out: '' })
})

const calendar = (rest: string): Promise<Answer> => minnaken(['calendar', ...rest.split(' ')])

test('calendar: one row per closing, over the bank days of the year', async () => {
  const answer = await calendar('--rule A --roll previous --from 2026-12-01 --to 2026-12-31 --json')
  expect(answer).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(answer.out)).toEqual([
    {
      periodStart: '2026-12-01',
      periodEnd: '2026-12-15',
      nominal: '2026-12-31',
      payDate: '2026-12-30',
      moved: true,
      fileMade: '2026-12-28',
      fileDue: '2026-12-29',
    },
    {
      periodStart: '2026-12-16',
      periodEnd: '2026-12-31',
      nominal: '2027-01-15',
      payDate: '2027-01-15',
      moved: false,
      fileMade: '2027-01-13',
      fileDue: '2027-01-14',
    },
  ])
})

test('calendar: a holiday that is only predicted is said on standard error', async () => {
  const answer = await calendar('--rule B --roll next --from 2030-01-01 --to 2030-01-31 --json')
  expect(answer.code).toBe(0)
  expect(JSON.parse(answer.out)).toHaveLength(1)
  expect(answer.err).toContain('予測')
})

test.each([
  ['--rule D --roll previous --from 2027-01-01 --to 2027-01-31', '--rule'],
  ['--rule A --roll up --from 2027-01-01 --to 2027-01-31', '--roll'],
  ['--rule A --roll next --from 2027-02-29 --to 2027-03-31', '--from'],
  ['--rule A --roll next --from 2027-01-01', '--to'],
  ['--rule A --roll next --from 2027-02-01 --to 2027-01-31', '--to'],
  ['--rule A --roll next --from 2050-11-01 --to 2050-12-31', '--from'],
  ['--rule A --roll next --form 2027-01-01', '--form'],
])('calendar: %s is refused', async (words, name) => {
  const answer = await calendar(words)
  expect(answer).toMatchObject({ code: 2, out: '' })
  expect(answer.err).toContain(name)
})

const used = {
  kinds: [
    { code: 'COMMON', premiumYen: 1000, faceYen: 6000 },
    { code: 'LIMITED', premiumYen: 1500, faceYen: 6500 },
  ],
  used: [
    { at: '2027-03-31T23:59:59+09:00', code: 'COMMON', yen: 41_000 },
    { at: '2027-03-31T14:00:00Z', code: 'LIMITED', yen: 20_000 },
    { at: '2027-03-31T15:00:00Z', code: 'LIMITED', yen: -6500 },
  ],
  claims: ['2027-04-01T00:00:00+09:00', '2027-05-01T00:00:00+09:00'],
}

test('claim: cumulative premium by kind, and the difference to the claim before', async () => {
  const answer = await minnaken(['claim', '-', '--json'], used)
  expect(answer).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(answer.out)).toEqual([
    {
      at: '2027-04-01T00:00:00+09:00',
      kinds: {
        COMMON: { usedYen: 41_000, premiumYen: 6833, claimYen: 6833 },
        LIMITED: { usedYen: 20_000, premiumYen: 4615, claimYen: 4615 },
      },
      claimYen: 11_448,
    },
    {
      at: '2027-05-01T00:00:00+09:00',
      kinds: {
        COMMON: { usedYen: 41_000, premiumYen: 6833, claimYen: 0 },
        LIMITED: { usedYen: 13_500, premiumYen: 3115, claimYen: -1500 },
      },
      claimYen: -1500,
    },
  ])
})

test('claim: a kind that is not listed is refused with its path', async () => {
  const file = { ...used, used: [{ at: '2027-03-31T00:00:00Z', code: 'CHILD', yen: 1 }] }
  const answer = await minnaken(['claim', '-', '--json'], file)
  expect(answer).toMatchObject({ code: 2, out: '' })
  expect(answer.err).toContain('used[0].code')
})

test.each([['campaign lint'], ['calendar'], ['claim']])('%s tells its usage', async (words) => {
  const answer = await minnaken([...words.split(' '), '--help'])
  expect(answer).toMatchObject({ code: 0, err: '' })
  expect(answer.out).toContain(`minnaken ${words}`)
})
