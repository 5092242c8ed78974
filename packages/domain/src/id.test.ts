import { expect, test } from 'vitest'
import { bucketedId, isUuid, parseBucketedId, uuidv7 } from './id.ts'

test('a UUIDv7 carries its time, version and variant', () => {
  const id = uuidv7(1_795_000_000_123, new Uint8Array(10).fill(0xff))
  expect(id).toBe('01a1ee7f-8e7b-7fff-bfff-ffffffffffff'.replace(/^.{13}/, id.slice(0, 13)))
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(1_795_000_000_123)
  expect(isUuid(id)).toBe(true)
  expect(uuidv7(0, new Uint8Array(10))).toBe('00000000-0000-7000-8000-000000000000')
})

test('an id made later sorts later', () => {
  const random = new Uint8Array(10).fill(7)
  expect(uuidv7(1_000, random) < uuidv7(1_001, random)).toBe(true)
})

test('a public id is read back, and nothing else is', () => {
  const id = uuidv7(5, new Uint8Array(10))
  expect(parseBucketedId(bucketedId(12, id))).toEqual({ bucket: 12, id })
  for (const text of [
    '',
    id,
    `01-${id}`,
    `-1-${id}`,
    `1-${id.toUpperCase()}x`,
    `12345-${id}`,
    `1-${id}0`,
  ])
    expect(parseBucketedId(text)).toBeNull()
})
