import { expect, test } from 'vitest'
import { emptyAccount, faultOf, readAccount } from './account-typed.ts'

const typed = {
  bankCode: '9999',
  branchCode: '001',
  accountType: 1,
  accountNumber: '1234567',
  holder: 'ミライ ショウテン',
} as const

test('full-width digits and short numbers are written as the bank has them', () => {
  expect(
    readAccount({ ...typed, bankCode: '９９９９', branchCode: ' 001 ', accountNumber: '12-345' }),
  ).toEqual({ kind: 'right', account: { ...typed, accountNumber: '0012345' } })
})

test('every field that is not right is named', () => {
  expect(readAccount(emptyAccount)).toEqual({
    kind: 'wrong',
    faults: ['bankCode', 'branchCode', 'accountNumber', 'holder'],
  })
  expect(readAccount({ ...typed, accountNumber: '12345678' })).toEqual({
    kind: 'wrong',
    faults: ['accountNumber'],
  })
})

test('a refusal of the service stands at its field', () => {
  expect(faultOf('branch_unknown')).toBe('branchCode')
  expect(faultOf('holder_too_long')).toBe('holder')
  expect(faultOf('busy')).toBeNull()
})
