import { spawn } from 'node:child_process'
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPublication } from '@minnaken/domain'
import { afterAll, describe, expect, test } from 'vitest'
import { drawHashes } from '../src/draw/hashes.ts'

const folder = mkdtempSync(join(tmpdir(), 'minnaken-draw-'))
afterAll(() => rmSync(folder, { recursive: true }))

const fileOf = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const scriptOf = (path: string) => join(import.meta.dirname, path)

type Ended = Readonly<{ code: number | null; stdout: string; stderr: string }>

function run(args: readonly string[], input = '', flags: readonly string[] = []): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...flags, scriptOf('../src/main.ts'), ...args])
    const stdout: string[] = []
    const stderr: string[] = []
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => stdout.push(chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => stderr.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      resolve({ code, stdout: stdout.join(''), stderr: stderr.join('') })
    })
    child.stdin.end(input)
  })
}

const draw = {
  algorithm: 'maxmin-v1',
  campaign: 'DEMO',
  round: 'r1',
  seed: 'any text',
  units: 10,
  cap: 5,
  applications: [
    { id: 'A2', request: 5 },
    { id: '10', request: 3 },
    { id: 'A1', request: 5 },
    { id: '9', request: 2 },
  ],
}
/** By OpenSSL the scores in round r1 of DEMO are 09c7… for A1, 5e8c… for A2 and c647… for 10. */
const result =
  '{"level":2,"remainder":2,"candidates":3,"winners":["A1","A2"],' +
  '"base":{"10":2,"9":2,"A1":2,"A2":2},"allocation":{"10":2,"9":2,"A1":3,"A2":3},' +
  '"allocated":10,"unsold":0,"everyApplicantGetsOne":true,"listDigest":"LIST"}\n'

describe('minnaken draw allocate', () => {
  test('prints one JSON value, ids in code point order, and nothing else', async () => {
    const listDigest = drawHashes().sha256Hex('10=3\n9=2\nA1=5\nA2=5')
    const ended = await run([
      'draw',
      'allocate',
      '--json',
      fileOf('draw.json', JSON.stringify(draw)),
    ])
    expect(ended).toEqual({ code: 0, stdout: result.replace('LIST', listDigest), stderr: '' })
  })

  test('reads standard input and gives the same bytes again', async () => {
    const once = await run(['draw', 'allocate', '-', '--json'], JSON.stringify(draw))
    const reversed = { ...draw, applications: draw.applications.toReversed() }
    const again = await run(['draw', 'allocate', '-', '--json'], JSON.stringify(reversed))
    expect(once.code).toBe(0)
    expect(again).toEqual(once)
  })

  test('without --json it says level, remainder and histogram in words', async () => {
    const { code, stdout } = await run(['draw', 'allocate', '-'], JSON.stringify(draw))
    expect(code).toBe(0)
    expect(stdout).toContain('水準 2口まで全員、残る 2口を 3件で抽選')
    expect(stdout).toContain('申込者全員が1口以上 買えます')
    expect(stdout).toMatch(/ 2口 +2人 .*\n +3口 +2人 /)
  })

  test('fewer units than applicants: the words say that not everyone can buy', async () => {
    const few = JSON.stringify({ ...draw, units: 3 })
    expect((await run(['draw', 'allocate', '-'], few)).stdout).toContain('1口も買えない人がいます')
  })

  test.each([
    [
      'applications[1].request',
      {
        ...draw,
        applications: [
          { id: 'A', request: 1 },
          { id: 'B', request: 0 },
        ],
      },
    ],
    ['units', { ...draw, units: -1 }],
    ['cap', { ...draw, cap: 0 }],
    ['householdCap', { ...draw, order: ['a'], householdCap: 8 }],
    ['extra', { ...draw, extra: 1 }],
  ])('refused at %s: exit 2 and nothing on standard output', async (path, value) => {
    const ended = await run(['draw', 'allocate', '-', '--json'], JSON.stringify(value))
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toContain(`${path}: `)
  })

  test.each([
    ['units', JSON.stringify(draw).replace('"units":10', '"units":1e1')],
    ['units', JSON.stringify(draw).replace('"units":10', '"units":10,"units":11')],
    ['not JSON', '{"units":'],
    ['not JSON', ''],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ])('unreadable, %s: exit 2 and nothing on standard output', async (words, content) => {
    const ended = await run(['draw', 'allocate', fileOf('unreadable.json', content), '--json'])
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toContain(words)
  })

  test.each([
    [[], 'FILE'],
    [['/nowhere/draw.json'], '/nowhere/draw.json'],
    [['-', '--jsno'], '--jsno'],
    [['a.json', 'b.json'], 'b.json'],
  ])('wrong usage %j: exit 2', async (args, words) => {
    const ended = await run(['draw', 'allocate', ...args])
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toContain(words)
  })

  test.each(['draw allocate', 'draw second-sale', 'verify-draw'])(
    '%s has --help',
    async (words) => {
      const { code, stdout } = await run([...words.split(' '), '--help'])
      expect(code).toBe(0)
      expect(stdout).toContain(`minnaken ${words} FILE [--json]`)
    },
  )
})

describe('minnaken draw second-sale', () => {
  const sale = {
    stock: 4,
    capPerPerson: 2,
    requests: [
      { seq: 7, id: 'B', want: 2 },
      { seq: 3, id: '10', want: 3 },
      { seq: 9, id: 'C', want: 1 },
      { seq: 8, id: '10', want: 1 },
    ],
  }

  test('grants by sequence number and refuses person_cap before sold_out', async () => {
    const ended = await run(['draw', 'second-sale', '-', '--json'], JSON.stringify(sale))
    expect(ended).toEqual({
      code: 0,
      stdout:
        '{"granted":{"10":2,"B":2},"partial":[{"seq":3,"granted":2,"want":3}],' +
        '"refused":[{"seq":8,"why":"person_cap"},{"seq":9,"why":"sold_out"}],"left":0}\n',
      stderr: '',
    })
    const words = await run(['draw', 'second-sale', '-'], JSON.stringify(sale))
    expect(words.stdout).toContain('在庫 4口  販売 4口  残り 0口')
  })

  test('a sequence number twice is refused with its path', async () => {
    const requests = [...sale.requests, { seq: 7, id: 'D', want: 1 }]
    const ended = await run(['draw', 'second-sale', '-'], JSON.stringify({ ...sale, requests }))
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toContain('requests[4].seq: ')
  })
})

describe('minnaken verify-draw', () => {
  const { seed: _, applications, algorithm: __, ...terms } = draw
  const { text } = buildPublication({
    seedSecret: 'ab'.repeat(32),
    publicValue: '38915.87',
    terms,
    applications,
    program: 'minnaken 0.1.0',
    hashes: drawHashes(),
  })

  test('a publication as it was made verifies: exit 0', async () => {
    expect(await run(['verify-draw', fileOf('draw-publication.json', text), '--json'])).toEqual({
      code: 0,
      stdout: '{"verified":true,"firstDifference":null}\n',
      stderr: '',
    })
    expect((await run(['verify-draw', '-'], text)).stdout).toContain('一致しました')
  })

  test('a changed result does not verify, whatever was put there: exit 1', async () => {
    const changed = text.replace('"allocated":10', '"allocated":-10.5')
    const ended = await run(['verify-draw', '-', '--json'], changed)
    expect(ended).toEqual({
      code: 1,
      stdout:
        '{"verified":false,"firstDifference":{"path":"result.allocated","published":-10.5,"computed":10}}\n',
      stderr: '',
    })
    expect((await run(['verify-draw', '-'], changed)).stdout).toContain('result.allocated')
  })

  test('what is no publication is refused with its path: exit 2', async () => {
    const ended = await run(
      ['verify-draw', '-', '--json'],
      text.replace('"units":10', '"units":-1'),
    )
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toContain('terms.units: ')
  })
})

/** Tells memory and processor time at the end: seconds by the clock depend on who else is working. */
const telling = `data:text/javascript,${encodeURIComponent(`process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  console.error(JSON.stringify({ maxRSS, cpu: userCPUTime + systemCPUTime }))
})`)}`

test('a million applications are shared within 20 s of processor time and 1.5 GB, as a whole command', async () => {
  const list = join(folder, 'million.json')
  const maker = spawn(process.execPath, [scriptOf('make-applications.ts'), '1000000', '--shuffled'])
  await new Promise<void>((resolve, reject) => {
    maker.on('error', reject)
    maker.stdout.pipe(createWriteStream(list)).on('finish', resolve).on('error', reject)
  })
  const flags = ['--import', telling]
  const { code, stdout, stderr } = await run(['draw', 'allocate', list, '--json'], '', flags)
  expect(code).toBe(0)
  expect(stdout).toContain('"allocated":1666666,"unsold":0,"everyApplicantGetsOne":true')
  const used = JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '')
  expect(used.maxRSS).toBeGreaterThan(100_000)
  expect(used.maxRSS).toBeLessThan(1_500_000)
  expect(used.cpu / 1e6).toBeLessThan(20)
}, 180_000)
