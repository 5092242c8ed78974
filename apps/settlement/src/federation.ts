import type { Db } from '@minnaken/db'
import { assert } from '@minnaken/domain'
import { normaliseName } from '@minnaken/zengin'

/** Who pays: what stands in the head of the banks' file and of every statement. */
export type Federation = Readonly<{
  name: string
  address: string
  /** 登録番号, `T` and thirteen digits. */
  registrationNo: string
  /** 振込依頼人コード, given by our bank: ten digits. */
  originatorCode: string
  /** 振込依頼人名, as a person types it. */
  originatorName: string
  bankCode: string
  branchCode: string
  /** 1 普通, 2 当座, 9 その他. */
  accountType: 1 | 2 | 9
  accountNumber: string
}>

const ORIGINATOR_BYTES_MAX = 40

/**
 * Writes who pays, once, when the platform is set up; what is there already stays.
 *
 * `db` is the owner's: the service only reads it. Throws when the originator's name cannot stand
 * in the banks' file.
 */
export async function writeFederation(db: Db, federation: Federation): Promise<void> {
  const name = normaliseName(federation.originatorName, { class: 'party' })
  assert(
    name.kind === 'normalised' && name.half.length <= ORIGINATOR_BYTES_MAX,
    `the originator's name ${federation.originatorName} can stand in the banks' file`,
  )
  await db
    .insertInto('settlement.federation')
    .values({
      federation_id: 1,
      name: federation.name,
      address: federation.address,
      registration_no: federation.registrationNo,
      originator_code: federation.originatorCode,
      originator_half: name.half,
      bank_code: federation.bankCode,
      branch_code: federation.branchCode,
      account_type: federation.accountType,
      account_number: federation.accountNumber,
    })
    .onConflict((there) => there.column('federation_id').doNothing())
    .execute()
}

/** An invented federation at the invented bank, for machines where everything is invented. */
export const inventedFederation: Federation = {
  name: 'みらい区商店街連合会',
  address: 'みらい区中央1-1-1',
  registrationNo: 'T9999999999999',
  originatorCode: '9999000001',
  originatorName: 'ミライクシヨウテンガイレンゴウカイ',
  bankCode: '9999',
  branchCode: '001',
  accountType: 2,
  accountNumber: '0000001',
}
