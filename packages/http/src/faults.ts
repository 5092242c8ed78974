import { unreachable } from '@minnaken/domain'
import type { z } from 'zod'
import type { Fault, Words } from './problems.ts'
import { fieldOf, unknownField } from './strict-json.ts'

type Issue = z.core.$ZodIssue

const faultsMax = 20

/** Says what a schema found wrong, in words for people; at most twenty faults, each with its field and rule. */
export function faultsOf(issues: readonly Issue[], input: unknown): readonly Fault[] {
  return issues.flatMap((issue) => faultsOfIssue(issue, input)).slice(0, faultsMax)
}

function faultsOfIssue(issue: Issue, input: unknown): readonly Fault[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ field: fieldOf([...issue.path, key]), ...unknownField }))
  const at = valueAt(input, issue.path)
  if (at === undefined && issue.code !== 'custom') return [fault(issue, 'required', words.required)]
  if (issue.code !== 'invalid_union') return [simpleFault(issue)]
  const closest = issue.errors.toSorted((a, b) => a.length - b.length)[0]
  if (closest === undefined || closest.length === 0) return [fault(issue, 'one_of', words.oneOf)]
  return closest.flatMap((inner) =>
    faultsOfIssue({ ...inner, path: [...issue.path, ...inner.path] }, input),
  )
}

function simpleFault(issue: Issue): Fault {
  switch (issue.code) {
    case 'invalid_type':
      return fault(issue, 'type', words.type, { expected: issue.expected })
    case 'too_small':
      return fault(issue, ...smallest(issue.origin, Number(issue.minimum)))
    case 'too_big':
      return fault(issue, ...largest(issue.origin, Number(issue.maximum)))
    case 'invalid_value':
      return fault(issue, 'one_of', words.oneOf, { allowed: issue.values.map(String) })
    case 'invalid_format':
      return fault(issue, 'format', words.format, { format: issue.format })
    case 'custom':
      return customFault(issue)
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
    case 'invalid_union':
    case 'unrecognized_keys':
      return fault(issue, issue.code, words.invalid)
    default:
      return unreachable(issue)
  }
}

/** A schema's own rule: `refine(test, { params: { rule, ja, en, …data } })`. */
function customFault(issue: Issue & { code: 'custom' }): Fault {
  const { rule, ja, en, ...data } = issue.params ?? {}
  const isNamed = typeof rule === 'string' && typeof ja === 'string' && typeof en === 'string'
  return isNamed ? fault(issue, rule, { ja, en }, data) : fault(issue, 'invalid', words.invalid)
}

type Bound = [rule: string, words: Words, data: Readonly<Record<string, number>>]

function smallest(origin: string, min: number): Bound {
  if (origin === 'string')
    return [
      'length_min',
      { ja: `${min}文字以上です。`, en: `At least ${min} characters.` },
      { min },
    ]
  if (origin === 'array' || origin === 'set')
    return ['items_min', { ja: `${min}件以上です。`, en: `At least ${min} items.` }, { min }]
  return ['min', { ja: `${min}以上です。`, en: `At least ${min}.` }, { min }]
}

function largest(origin: string, max: number): Bound {
  if (origin === 'string')
    return ['length_max', { ja: `${max}文字までです。`, en: `At most ${max} characters.` }, { max }]
  if (origin === 'array' || origin === 'set')
    return ['items_max', { ja: `${max}件までです。`, en: `At most ${max} items.` }, { max }]
  return ['max', { ja: `${max}までです。`, en: `At most ${max}.` }, { max }]
}

const fault = (
  issue: Issue,
  rule: string,
  { ja, en }: Words,
  data: Readonly<Record<string, unknown>> = {},
): Fault => ({ ...data, field: fieldOf(issue.path), rule, ja, en })

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = Reflect.get(value, key)
  }
  return value
}

const words = {
  required: { ja: '必須です。', en: 'This field is needed.' },
  type: { ja: '値の種類が違います。', en: 'The wrong kind of value.' },
  oneOf: { ja: '選べない値です。', en: 'Not one of the values allowed here.' },
  format: { ja: '書き方が違います。', en: 'Not in the form that is needed.' },
  invalid: { ja: '正しくない値です。', en: 'Not a value that is allowed here.' },
} as const satisfies Record<string, Words>
