import { DatabaseError } from 'pg'
import { describe, expect, test } from 'vitest'
import { isConnectionLost, isPoolExhausted, isRefusedByServer } from './errors.ts'

const systemError = (code: string): Error => Object.assign(new Error(code), { code })

const refusal = (code: string): Error =>
  Object.assign(new DatabaseError('refused', 1, 'error'), { code })

describe('an error', () => {
  test.each([
    'EAI_AGAIN',
    'ECONNABORTED',
    'ECONNREFUSED',
    'ECONNRESET',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOTFOUND',
    'EPIPE',
    'ETIMEDOUT',
  ])('of the network, like %s, means that the connection is lost', (code) => {
    expect(isConnectionLost(systemError(code))).toBe(true)
    expect(isRefusedByServer(systemError(code))).toBe(false)
    expect(isPoolExhausted(systemError(code))).toBe(false)
  })

  test.each(['08006', '57P01', '57P02', '57P03'])(
    'with which PostgreSQL goes away, like %s, is a lost connection and no refusal',
    (code) => {
      expect(isConnectionLost(refusal(code))).toBe(true)
      expect(isRefusedByServer(refusal(code))).toBe(false)
    },
  )

  test.each(['23505', '40P01', '55P03', '57014', '53100'])(
    'that is an answer of PostgreSQL, like %s, is a refusal and no lost connection',
    (code) => {
      expect(isRefusedByServer(refusal(code))).toBe(true)
      expect(isConnectionLost(refusal(code))).toBe(false)
    },
  )

  test('of our own is neither', () => {
    for (const error of [new Error('ours'), systemError('ENOENT'), 'text', undefined]) {
      expect(isConnectionLost(error)).toBe(false)
      expect(isRefusedByServer(error)).toBe(false)
      expect(isPoolExhausted(error)).toBe(false)
    }
  })
})
