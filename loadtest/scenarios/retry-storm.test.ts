import { expect, test } from 'vitest'
import { answersIn, effectsOf, faultsOf } from './retry-storm.ts'

const faults = (...lines: string[]): string[] => faultsOf(answersIn(lines), 3)
const paid = '{"redemptionId":"0-1","amountYen":10}'

test('one first answer and repetitions of it, word for word, are as they have to be', () => {
  expect(faults(`F 7 again ${paid}`, `F 7 first ${paid}`, 'B 1', `F 7 again ${paid}`)).toEqual([])
})

test('whoever is told that it is too busy has no answer yet, and no second effect', () => {
  const busy = 'F 7 first {"type":"about:blank","code":"busy"}'
  expect(faults(`F 7 first ${paid}`, busy, `F 7 again ${paid}`)).toEqual([])
  expect(faults(busy, busy, busy)).toEqual(['7 has 0 first answers', '7 was told '])
})

test('two effects, another answer and a missing one are found', () => {
  expect(faults(`F 7 first ${paid}`, `F 7 first ${paid}`, `F 7 again ${paid}`)).toEqual([
    '7 has 2 first answers',
  ])
  const other = paid.replace('10', '11')
  expect(faults(`F 7 first ${paid}`, `F 7 again ${other}`, `F 7 again ${paid}`)).toHaveLength(1)
  expect(faults(`F 7 first ${paid}`, `F 7 again ${paid}`)).toEqual(['7 has 2 answers of 3'])
})

test('effects are the payments of the storm, however often each was told', () => {
  const taken = (redemptionId: string) =>
    ({ heard: { kind: 'taken', redemptionId, yen: 1 } }) as const
  const busy = { heard: { kind: 'refused', code: 'busy' } } as const
  expect(effectsOf([taken('0-a'), busy, taken('0-a'), taken('0-b'), taken('0-a')])).toBe(2)
})
