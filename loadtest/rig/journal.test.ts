import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { heardFrom, readJournal } from './journal.ts'

const payments = [0, 1, 2].map((place) => ({
  by: 'till' as const,
  wallet: place,
  till: 0,
  yen: 10,
  issuedAt: 0,
  code: `CODE${place}`,
}))

async function read(text: string) {
  const folder = await mkdtemp(join(tmpdir(), 'minnaken-journal-'))
  try {
    const file = join(folder, 'journal')
    await writeFile(file, text)
    return await readJournal(file, payments)
  } finally {
    await rm(folder, { recursive: true })
  }
}

test('a line of the journal says what the till heard, when, and how long it took', async () => {
  const { entries, others } = await read(
    'T 0 201 0-abc 10 1700000000000 3.5\nR 1 409 code_expired 1700000000001 4\n' +
      'U 2 0 1700000000002 15000\nA 7 202\n',
  )
  expect(entries).toEqual([
    {
      payment: payments[0],
      status: 201,
      heard: { kind: 'taken', redemptionId: '0-abc', yen: 10 },
      at: 1_700_000_000_000,
      ms: 3.5,
    },
    {
      payment: payments[1],
      status: 409,
      heard: { kind: 'refused', code: 'code_expired' },
      at: 1_700_000_000_001,
      ms: 4,
    },
    {
      payment: payments[2],
      status: 0,
      heard: { kind: 'unknown' },
      at: 1_700_000_000_002,
      ms: 15_000,
    },
  ])
  expect(others).toEqual(['A 7 202'])
})

test('a line about a payment that was never planned is no journal of this run', async () => {
  await expect(read('T 9 201 0-abc 10 1 1\n')).rejects.toThrow('T 9')
})

test.for([
  [201, { redemptionId: '0-a', amountYen: 10 }, 'taken'],
  [201, null, 'unknown'],
  [409, { code: 'code_expired' }, 'refused'],
  [503, { code: 'busy' }, 'refused'],
  [503, { code: 'outcome_unknown' }, 'unknown'],
  [500, { code: 'internal' }, 'unknown'],
  [502, null, 'unknown'],
  [0, null, 'unknown'],
] as const)('an answer %d %j is %s', ([status, body, kind]) => {
  expect(heardFrom(status, body).kind).toBe(kind)
})
