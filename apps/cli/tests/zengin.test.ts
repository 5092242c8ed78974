import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'minnaken-zengin-'))

type Ended = Readonly<{ code: number | null; out: Buffer; err: string }>

function minnaken(args: readonly string[], input: string | Uint8Array = ''): Ended {
  const node = join(root, 'node_modules/.bin/node')
  const ended = spawnSync(node, ['apps/cli/src/main.ts', ...args], { cwd: root, input })
  return { code: ended.status, out: ended.stdout, err: ended.stderr.toString() }
}

const jsonLines = (out: Buffer): readonly unknown[] =>
  out
    .toString()
    .split('\n')
    .slice(0, -1)
    .map((line): unknown => JSON.parse(line))

function fileOf(content: string | Uint8Array): string {
  const file = join(folder, `${Math.random()}`)
  writeFileSync(file, content)
  return file
}

const transfers = {
  batches: [
    {
      header: {
        originatorCode: '0000012345',
        originatorName: 'みらいくしょうてんがいれんごうかい',
        valueDate: '2027-02-26',
        bankCode: '9999',
        branchCode: '999',
        accountType: 1,
        accountNumber: '0000001',
      },
      payments: [
        {
          bankCode: '9999',
          bankName: 'ミライギンコウ',
          branchCode: '101',
          branchName: null,
          accountType: 1,
          accountNumber: '7654321',
          payeeName: 'カ）ミナト',
          amount: 12345,
          newCode: 1,
          customerCode1: '0000000017',
          customerCode2: '0000000003',
          transferCategory: 7,
        },
      ],
    },
  ],
}

describe('zengin write and zengin check', () => {
  const written = minnaken(['zengin', 'write', '-'], JSON.stringify(transfers))

  test('a file is written to standard output, 122 bytes a record, and nothing else', () => {
    expect(written).toMatchObject({ code: 0, err: '' })
    expect(written.out.length).toBe(4 * 122)
    expect(written.out.subarray(122, 130).toString('latin1')).toBe('29999\xD0\xD7\xB2')
  })

  test('what was written is valid, and its fields are those of the input', () => {
    const checked = minnaken(['zengin', 'check', fileOf(written.out), '--json'])
    expect(checked).toMatchObject({ code: 0, err: '' })
    const [header, payment] = [transfers.batches[0]?.header, transfers.batches[0]?.payments[0]]
    expect(jsonLines(checked.out)).toEqual([
      {
        valid: true,
        separator: 'crlf',
        trailingSeparator: true,
        records: 4,
        batches: [
          {
            header: {
              ...header,
              originatorName: 'ﾐﾗｲｸｼﾖｳﾃﾝｶﾞｲﾚﾝｺﾞｳｶｲ',
              valueDate: '0226',
              bankName: null,
              branchName: null,
            },
            payments: [{ ...payment, bankName: 'ﾐﾗｲｷﾞﾝｺｳ', payeeName: 'ｶ)ﾐﾅﾄ' }],
            trailer: { count: 1, amount: 12345 },
          },
        ],
        faults: [],
      },
    ])
  })

  test('without --json the answer is a text', () => {
    const checked = minnaken(['zengin', 'check', '-'], written.out)
    expect(checked).toMatchObject({ code: 0, err: '' })
    expect(checked.out.toString()).toContain('正しいファイルです。4レコード')
    expect(checked.out.toString()).toContain('12,345円')
  })

  test('an invalid file is told with its faults, exit code 1', () => {
    const broken = Uint8Array.from(written.out)
    broken.set([0x83, 0x7e], 122 + 50)
    broken.set([0x32], 244 + 6)
    const checked = minnaken(['zengin', 'check', '--json', '-'], broken)
    expect(checked).toMatchObject({ code: 1, err: '' })
    const message: unknown = expect.stringMatching(/[ぁ-ん].* \/ .*\.$/)
    expect(jsonLines(checked.out)).toEqual([
      {
        valid: false,
        faults: [
          { rule: 'charset', record: 2, field: '受取人名', offset: 50, message },
          { rule: 'trailer_count', record: 3, field: '合計件数', offset: 1, message },
        ],
      },
    ])
    const text = minnaken(['zengin', 'check', '-'], broken)
    expect(text.code).toBe(1)
    expect(text.out.toString()).toContain('レコード2  受取人名')
  })

  test('what does not fit is refused with every path, and nothing is written', () => {
    const input = JSON.stringify(transfers)
      .replace('カ）ミナト', 'ミナト東')
      .replace('2027-02-26', '2027-02-28')
    const refused = minnaken(['zengin', 'write', fileOf(input)])
    expect(refused.code).toBe(2)
    expect(refused.out.length).toBe(0)
    expect(refused.err).toContain('batches[0].header.valueDate: ')
    expect(refused.err).toContain('batches[0].payments[0].payeeName: 4文字目の U+6771 東')
  })

  test.each([
    ['an exponent', '"amount":12345', '"amount":1.2345e4', 'batches[0].payments[0].amount'],
    [
      'a key given twice',
      '"amount":12345',
      '"amount":1,"amount":12345',
      'batches[0].payments[0].amount',
    ],
    ['a text for yen', '"amount":12345', '"amount":"12345"', 'batches[0].payments[0].amount'],
    ['an unknown field', '"amount"', '"amont":1,"amount"', 'batches[0].payments[0].amont'],
  ])('%s is refused with its path', (_name, from, to, path) => {
    const input = JSON.stringify(transfers)
    expect(input).toContain(from)
    const refused = minnaken(['zengin', 'write', '-'], input.replace(from, to))
    expect(refused.code).toBe(2)
    expect(refused.out.length).toBe(0)
    expect(refused.err).toContain(path)
  })

  test.each([
    [['zengin', 'write', '-'], 'not json'],
    [['zengin', 'write'], ''],
    [['zengin', 'check'], ''],
    [['zengin', 'check', 'a', 'b'], ''],
    [['zengin', 'check', '/no/such/file'], ''],
    [['zengin', 'check', '--jason', '-'], ''],
  ])('%j is wrong usage: exit code 2, nothing on standard output', (args, input) => {
    const refused = minnaken(args, input)
    expect(refused.code).toBe(2)
    expect(refused.out.length).toBe(0)
    expect(refused.err).toContain('minnaken zengin')
  })
})

describe('zengin name', () => {
  test('each text gets a line of JSON', () => {
    const named = minnaken(['zengin', 'name', 'キャノン', 'か゛くぶち', '--json'])
    expect(named).toMatchObject({ code: 0, err: '' })
    expect(jsonLines(named.out)).toEqual([
      { input: 'キャノン', half: 'ｷﾔﾉﾝ', hex: 'b7d4c9dd', bytes: 4 },
      { input: 'か゛くぶち', half: 'ｶﾞｸﾌﾞﾁ', hex: 'b6deb8ccdec1', bytes: 6 },
    ])
  })

  test('a refused text is told with its place, the others are answered, exit code 1', () => {
    const named = minnaken(['zengin', 'name', 'ガ東', 'アﾞ', 'ミナト'])
    expect(named).toMatchObject({ code: 1, err: '' })
    expect(jsonLines(named.out)).toEqual([
      { input: 'ガ東', error: 'not_permitted', character: 'U+6771 東', position: 1 },
      { input: 'アﾞ', error: 'stranded_mark', character: 'U+FF9E ﾞ', position: 1 },
      { input: 'ミナト', half: 'ﾐﾅﾄ', hex: 'd0c5c4', bytes: 3 },
    ])
  })

  test('--max says whether it fits, and what would', () => {
    const named = minnaken(['zengin', 'name', '--max', '4', 'ガクブチ', 'ミナト'])
    expect(named.code).toBe(0)
    expect(jsonLines(named.out)).toEqual([
      { input: 'ガクブチ', half: 'ｶﾞｸﾌﾞﾁ', hex: 'b6deb8ccdec1', bytes: 6, fits: false, cut: 'ｶﾞｸ' },
      { input: 'ミナト', half: 'ﾐﾅﾄ', hex: 'd0c5c4', bytes: 3, fits: true },
    ])
    expect(jsonLines(minnaken(['zengin', 'name', 'ガ', '--max', '1']).out)).toEqual([
      { input: 'ガ', half: 'ｶﾞ', hex: 'b6de', bytes: 2, fits: false, cut: '' },
    ])
  })

  test('--class names the kind of field', () => {
    const bank = minnaken(['zengin', 'name', '--class', 'bank', 'ミナト.'])
    expect(bank.code).toBe(1)
    const edi = minnaken(['zengin', 'name', '--class', 'edi', '--', '--ヲ/'])
    expect(jsonLines(edi.out)).toEqual([
      { input: '--ヲ/', half: '--ｦ/', hex: '2d2da62f', bytes: 4 },
    ])
  })

  test('with - every line of standard input is a name', () => {
    const named = minnaken(['zengin', 'name', '-'], 'ミナト\r\n\n東\nガ')
    expect(named.code).toBe(1)
    expect(jsonLines(named.out)).toEqual([
      { input: 'ミナト', half: 'ﾐﾅﾄ', hex: 'd0c5c4', bytes: 3 },
      { input: '', half: '', hex: '', bytes: 0 },
      { input: '東', error: 'not_permitted', character: 'U+6771 東', position: 0 },
      { input: 'ガ', half: 'ｶﾞ', hex: 'b6de', bytes: 2 },
    ])
    expect(minnaken(['zengin', 'name', '-'], '')).toMatchObject({ code: 0, err: '' })
  })

  test.each([
    [['zengin', 'name']],
    [['zengin', 'name', '--class', 'person', 'ア']],
    [['zengin', 'name', '--max', '-1', 'ア']],
    [['zengin', 'name', 'ア', '--max']],
    [['zengin', 'name', '--upper', 'ア']],
    [['zengin', 'name', '-', 'ア']],
  ])('%j is wrong usage: exit code 2, nothing on standard output', (args) => {
    const refused = minnaken(args)
    expect(refused.code).toBe(2)
    expect(refused.out.length).toBe(0)
  })
})

describe('bank-day', () => {
  test('--json is always a list', () => {
    const days = minnaken([
      'bank-day',
      '2027-02-11',
      '2027-02-12',
      '2027-02-13',
      '2026-12-31',
      '--json',
    ])
    expect(days).toMatchObject({ code: 0, err: '' })
    expect(jsonLines(days.out)).toEqual([
      [
        { date: '2027-02-11', bankDay: false, why: 'holiday' },
        { date: '2027-02-12', bankDay: true, why: null },
        { date: '2027-02-13', bankDay: false, why: 'saturday' },
        { date: '2026-12-31', bankDay: false, why: 'year_end' },
      ],
    ])
    expect(jsonLines(minnaken(['bank-day', '2027-02-14', '--json']).out)).toEqual([
      [{ date: '2027-02-14', bankDay: false, why: 'sunday' }],
    ])
  })

  test('without --json the answer is a text, and a predicted year is said on standard error', () => {
    const days = minnaken(['bank-day', '2027-02-11', '2030-02-12'])
    expect(days.out.toString()).toBe('2027-02-11  休業(建国記念の日)\n2030-02-12  営業日\n')
    expect(days.err).toContain('2030-02-12')
    expect(days.err).not.toContain('2027-02-11')
  })

  test.each([[[]], [['2027-02-30']], [['2027-02-12', '2/12', '--json']], [['2051-01-04']]])(
    '%j is wrong usage: exit code 2, nothing on standard output',
    (dates) => {
      const refused = minnaken(['bank-day', ...dates])
      expect(refused.code).toBe(2)
      expect(refused.out.length).toBe(0)
    },
  )
})
