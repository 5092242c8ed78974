import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { faultsOf } from './faults.ts'
import { digitsParam, unitsField, yenField } from './fields.ts'

const faults = (schema: z.ZodType, input: unknown) => {
  const result = schema.safeParse(input)
  return result.success ? [] : faultsOf(result.error.issues, input)
}

const inner = z.strictObject({ id: z.uuid() })

test.each([
  ['a missing field', z.strictObject({ a: z.string() }), {}, [{ field: 'a', rule: 'required' }]],
  [
    'a missing choice',
    z.strictObject({ a: z.enum(['x']) }),
    {},
    [{ field: 'a', rule: 'required' }],
  ],
  [
    'a number in quotes',
    z.strictObject({ a: yenField() }),
    { a: '100' },
    [{ field: 'a', rule: 'type' }],
  ],
  ['zero yen', z.strictObject({ a: yenField() }), { a: 0 }, [{ field: 'a', rule: 'min', min: 1 }]],
  [
    'too many yen',
    z.strictObject({ a: yenField({ max: 50_000 }) }),
    { a: 50_001 },
    [{ field: 'a', rule: 'max', max: 50_000 }],
  ],
  ['no units', z.strictObject({ a: unitsField() }), { a: 0 }, [{ field: 'a', rule: 'min' }]],
  [
    'a long text',
    z.strictObject({ a: z.string().max(2) }),
    { a: 'みらい区' },
    [{ field: 'a', rule: 'length_max', max: 2 }],
  ],
  [
    'an empty text',
    z.strictObject({ a: z.string().min(1) }),
    { a: '' },
    [{ field: 'a', rule: 'length_min', min: 1 }],
  ],
  [
    'too many items',
    z.strictObject({ a: z.array(z.string()).max(1) }),
    { a: ['x', 'y'] },
    [{ field: 'a', rule: 'items_max', max: 1 }],
  ],
  [
    'a value that is no choice',
    z.strictObject({ a: z.enum(['x', 'y']) }),
    { a: 'z' },
    [{ field: 'a', rule: 'one_of', allowed: ['x', 'y'] }],
  ],
  [
    'a broken id deep inside',
    z.strictObject({ a: z.array(inner) }),
    { a: [{ id: 'x' }] },
    [{ field: 'a.0.id', rule: 'format', format: 'uuid' }],
  ],
  [
    'an unknown field deep inside',
    z.strictObject({ a: inner.optional() }),
    { a: { id: crypto.randomUUID(), role: 'clerk' } },
    [{ field: 'a.role', rule: 'unknown_field' }],
  ],
  [
    'a kind that does not exist',
    z.strictObject({ a: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('p') })]) }),
    { a: { kind: 'q' } },
    [{ field: 'a.kind', rule: 'one_of' }],
  ],
  [
    'neither of two forms: the closer one is explained',
    z.strictObject({ a: z.union([z.string(), inner]) }),
    { a: { id: 'x' } },
    [{ field: 'a.id', rule: 'format' }],
  ],
  [
    'a rule of its own',
    z.strictObject({
      a: z
        .string()
        .refine(() => false, { params: { rule: 'kana', ja: '半角', en: 'kana', at: 3 } }),
    }),
    { a: 'x' },
    [{ field: 'a', rule: 'kana', ja: '半角', en: 'kana', at: 3 }],
  ],
  ['a list instead of the body', inner, [], [{ field: 'body', rule: 'type' }]],
])('%s is told by its field and rule', (_, schema, input, expected) => {
  const found = faults(schema, input)
  expect(found).toMatchObject(expected)
  expect(found).toHaveLength(expected.length)
  for (const { ja, en } of found) expect([ja, en].every((words) => words.length > 1)).toBe(true)
})

test('at most twenty faults are told', () => {
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`x${i}`, 1]))
  expect(faults(z.strictObject({}), many)).toHaveLength(20)
})

describe('a number in a query', () => {
  const schema = digitsParam({ min: 1, max: 99 })
  test.each(['1', '99'])('%s is read', (text) => {
    expect(schema.parse(text)).toBe(Number(text))
  })
  test.each([
    '',
    '0',
    '100',
    '01',
    '1.0',
    '1e1',
    '-1',
    '+1',
    ' 1',
    '0x1',
    '１',
    '1n',
    '99999999999',
  ])('%j is refused', (text) => {
    expect(schema.safeParse(text).success).toBe(false)
  })
})

test('yen of a body are yen of the domain', () => {
  expect(yenField().parse(9_999_999_999)).toBe(9_999_999_999)
  expect(yenField().safeParse(10_000_000_000).success).toBe(false)
})
