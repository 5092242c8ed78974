import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { allocate, drawOf, hashes, people } from '../tests/_draw.ts'
import { allocateUnits, parseDraw, printResult, resultOf } from './index.ts'

describe('the draw of the remainder', () => {
  test('a score is the HMAC of campaign, round and id under the seed as UTF-8 text', () => {
    expect(hashes.hmacSha256Hex('any text', 'DEMO:r1:A1')).toBe(
      '09c7a31a711ca03500b35ea4be0db6cdbe907259c6b9e0e724f3c6126c522c17',
    )
    expect(hashes.hmacSha256Hex('any text', 'DEMO:r1:𠮷')).toBe(
      '0db4cc77776d9301380202c68d6352fda9b3bab3397d95fb4ed44dba2cae577d',
    )
    const asked: string[] = []
    const spy = (key: string, message: string) => {
      asked.push(`${key} ${message}`)
      return hashes.hmacSha256Hex(key, message)
    }
    const draw = drawOf({ units: 4, campaign: 'DEMO', round: 'r7' }, people([3, 3, 1]), 'any text')
    allocateUnits({ draw, hashes: { ...hashes, hmacSha256Hex: spy } })
    expect(asked).toEqual(['any text DEMO:r7:A001', 'any text DEMO:r7:A002'])
  })

  test('the round is r1 when it is not named', () => {
    const list = people([2, 2, 2, 2, 2, 2])
    const named = allocate(drawOf({ units: 9, round: 'r1' }, list)).units
    expect(allocate(drawOf({ units: 9 }, list)).units).toEqual(named)
    expect(allocate(drawOf({ units: 9, round: 'r2' }, list)).units).not.toEqual(named)
  })

  test('equal scores are settled by id in code point order', () => {
    const list = ['𠮷', 'ｱ', 'B', 'A'].map((id) => ({ id, request: 2 }))
    const same = { ...hashes, hmacSha256Hex: () => 'ff' }
    const { ids, units } = allocateUnits({ draw: drawOf({ units: 7 }, list), hashes: same })
    expect(ids).toEqual(['A', 'B', 'ｱ', '𠮷'])
    expect(units).toEqual([2, 2, 2, 1])
  })

  test('no score is asked when nothing is drawn', () => {
    let asked = 0
    const hmacSha256Hex = () => String(asked++)
    const draw = drawOf({ units: 14 }, people([5, 5, 5, 1, 1, 5]))
    expect(allocateUnits({ draw, hashes: { ...hashes, hmacSha256Hex } }).units).toEqual([
      3, 3, 3, 1, 1, 3,
    ])
  })
})

type Golden = Readonly<{ input: unknown; output: unknown }>
const golden = JSON.parse(
  readFileSync(new URL('../tests/draws-by-another-program.json', import.meta.url), 'utf8'),
) as readonly Golden[]

test.each(golden)(
  'a program in Python, written from the rules alone, draws the same ($#)',
  ({ input, output }) => {
    const parsed = parseDraw(input)
    if ('faults' in parsed) throw new Error('sound')
    const result = resultOf(allocate(parsed.draw))
    expect(JSON.parse([...printResult(result)].join(''))).toEqual(output)
  },
)
