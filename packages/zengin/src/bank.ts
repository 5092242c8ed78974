import { createRequire } from 'node:module'
import { normaliseName } from './name.ts'

/** A bank or a branch by its code, which keeps its leading zeros. */
export type Office = Readonly<{
  code: string
  name: string
  /** Full-width, as the national list has it. */
  kana: string
  /** The kana as it stands in the banks' file; null if it does not fit, then the field stays blank. */
  half: string | null
}>

type Listed = Readonly<{ code: string; name: string; kana: string }>
type ListedBank = Listed & Readonly<{ branches: Readonly<Record<string, Listed>> }>
type BankList = Readonly<Record<string, ListedBank>>

const nameBytesMax = 15

/** Assigned to no bank: it exists where invented shops are paid, and nowhere else. */
const inventedBanks: BankList = {
  '9999': {
    code: '9999',
    name: 'みらい銀行',
    kana: 'ミライギンコウ',
    branches: {
      '001': { code: '001', name: '本店', kana: 'ホンテン' },
      '101': { code: '101', name: 'みらい駅前', kana: 'ミライエキマエ' },
      '999': { code: '999', name: 'みらい', kana: 'ミライ' },
    },
  },
}

const require = createRequire(import.meta.url)
let list: BankList | undefined

/** Five megabytes of banks and branches: read at the first question, not when a program starts. */
const nationalList = (): BankList => (list ??= require('zengin-code') as BankList)

const bankOf = (code: string, isInvented: boolean): ListedBank | undefined =>
  (isInvented ? own(inventedBanks, code) : undefined) ?? own(nationalList(), code)

const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined

/**
 * The bank with a code of four digits, or undefined if the national list has none.
 * With `invented` (on a machine where everything is invented) bank 9999 exists too.
 */
export function findBank(
  code: string,
  { invented = false }: Readonly<{ invented?: boolean }> = {},
): Office | undefined {
  const bank = bankOf(code, invented)
  return bank && office(bank)
}

/** The branch with a code of three digits at a bank, or undefined if there is none. */
export function findBranch(
  { bank, branch }: Readonly<{ bank: string; branch: string }>,
  { invented = false }: Readonly<{ invented?: boolean }> = {},
): Office | undefined {
  const listed = own(bankOf(bank, invented)?.branches ?? {}, branch)
  return listed && office(listed)
}

const office = ({ code, name, kana }: Listed): Office => ({
  code,
  name,
  kana,
  half: officeName(kana),
})

/** The name of a bank or branch as it stands in its field of 15 bytes, or null if it does not fit. */
export function officeName(kana: string): string | null {
  const name = normaliseName(kana, { class: 'bank' })
  return name.kind === 'normalised' && name.half.length <= nameBytesMax ? name.half : null
}
