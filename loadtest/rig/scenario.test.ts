import { describe, expect, test } from 'vitest'
import { FlagError, readFlags } from './scenario.ts'

const flags = {
  rate: { otherwise: 10, explains: '' },
  name: { otherwise: 'all', explains: '' },
  save: { otherwise: false, explains: '' },
} as const

describe('the flags of a run', () => {
  test('are what they usually are when nothing is given', () => {
    expect(readFlags(flags, [])).toEqual({ rate: 10, name: 'all', save: false })
  })

  test.for([
    [['--rate', '2_000', '--save', '--name', 'x'], { rate: 2_000, name: 'x', save: true }],
    [['--rate=0.5', '--save=false', '--name='], { rate: 0.5, name: '', save: false }],
    [['--save', 'true', '--rate', '7'], { rate: 7, name: 'all', save: true }],
  ] as const)('%j are read', ([args, values]) => {
    expect(readFlags(flags, args)).toEqual(values)
  })

  test.for([
    [['--speed', '1'], 'speed'],
    [['rate', '1'], 'rate'],
    [['--rate'], 'rate'],
    [['--rate', 'fast'], 'rate'],
    [['--rate=-1'], 'rate'],
    [['--save=perhaps'], 'save'],
  ] as const)('%j are refused by name', ([args, name]) => {
    expect(() => readFlags(flags, args)).toThrow(FlagError)
    expect(() => readFlags(flags, args)).toThrow(name)
  })
})
