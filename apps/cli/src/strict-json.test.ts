import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findUnclearJson, type Relaxed } from './strict-json.ts'

const pathOf = (text: string, relaxed?: Relaxed) => {
  JSON.parse(text)
  return findUnclearJson(text, relaxed)?.split(': ')[0] ?? null
}

describe('what two programs could read differently is named', () => {
  test.each([
    ['units', '{"units":1,"units":2}', 'the same name twice'],
    ['units', '{"units":1,"un\\u0069ts":2}', 'the same name, once with an escape'],
    ['quota.a', '{"quota":{"a":1,"b":2,"a":1}}', 'inside an object'],
    ['applications[1].id', '{"applications":[{"id":"x"},{"id":"y","id":"z"}]}', 'inside a list'],
    ['a["b c"]', '{"a":{"b c":1e1}}', 'an exponent, under a name that is no word'],
    ['units', '{"units":10.0}', 'a fraction'],
    ['units', '{"units":-0}', 'a sign'],
    ['units', '{"units":1E2}', 'a capital exponent'],
    ['a[2]', '{"a":[0, 12, 1.5]}', 'in a list of numbers'],
    ['[1]', '[1,-2]', 'in a list at the top'],
    ['', '-1', 'a number alone'],
  ])('%s in %s: %s', (path, text) => {
    expect(pathOf(text)).toBe(path)
  })

  test('a name that stands twice among many is found as well', () => {
    const names = Array.from({ length: 30 }, (_, at) => `"n${at}":${at}`)
    expect(pathOf(`{${names.join(',')}}`)).toBeNull()
    expect(pathOf(`{${names.join(',')},"n3":0}`)).toBe('n3')
    expect(pathOf(`{${names.join(',')},"n29":0}`)).toBe('n29')
  })
})

describe('what is clear is taken', () => {
  test.each([
    ['{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}', 'the same name in different objects'],
    ['{"a":"1e5 -3 {\\"a\\":1,\\"a\\":2}"}', 'numbers and names inside text'],
    ['{"a":"x\\\\","b":"\\\\\\""}', 'text that ends with an escaped backslash or quote'],
    ['{ "a" : [ ] , "b" : { } , "c" : [ { } , [ 0 ] ] }', 'white space and what is empty'],
    ['[true,false,null,0,9007199254740993]', 'words, nought and a long number'],
    ['{"":1," ":2}', 'names that are empty or blank'],
  ])('%s: %s', (text) => {
    expect(pathOf(text)).toBeNull()
  })

  test('numbers in a loose member may be written in any way, names there may not stand twice', () => {
    expect(pathOf('{"result":{"a":[1.0,-1]},"units":1}', { loose: ['result'] })).toBeNull()
    expect(pathOf('{"result":{"a":[1.0,-1]},"units":1.0}', { loose: ['result'] })).toBe('units')
    expect(pathOf('{"result":{"a":1,"a":1}}', { loose: ['result'] })).toBe('result.a')
  })

  test.each([
    ['{"used":[{"yen":-5},{"yen":5},{"yen":0}]}', null],
    ['{"used":[{"yen":-1e3}]}', 'used[0].yen'],
    ['{"used":[{"yen":1e3}]}', 'used[0].yen'],
    ['{"used":[{"yen":5.0}]}', 'used[0].yen'],
    ['{"used":[{"yen":-0}]}', 'used[0].yen'],
    ['{"kinds":[{"faceYen":-5}]}', 'kinds[0].faceYen'],
  ])('a signed member has at most a minus more than digits: %s', (text, path) => {
    expect(pathOf(text, { signed: ['used'] })).toBe(path)
  })

  test('whatever JSON.stringify writes of whole numbers is clear', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.nat(),
        fc.string({ unit: 'binary' }),
        fc.constantFrom(true, false, null, '"', '\\', '\\"', '{"a":1'),
        fc.array(tie('any'), { maxLength: 5 }),
        fc.dictionary(fc.string(), tie('any'), { maxKeys: 12 }),
      ),
    })).any
    fc.assert(
      fc.property(value, fc.nat(2), (any, indent) => {
        expect(findUnclearJson(JSON.stringify(any, null, indent))).toBeNull()
      }),
      { numRuns: 500 },
    )
  })
})
