import { largeFacilityRoles, shopCategories } from '@minnaken/domain'
import { z } from 'zod'
import { instant, line, reason, uuid } from './contract-fields.ts'
import { publicProfile } from './contract-front.ts'

const accountType = z
  .union([z.literal(1), z.literal(2), z.literal(4), z.literal(9)])
  .meta({ description: '1 普通, 2 当座, 4 貯蓄, 9 その他' })

/** A bank account as its owner types it; codes and numbers are text with their leading zeros. */
const accountTyped = z.strictObject({
  bankCode: z.string().regex(/^[0-9]{4}$/),
  branchCode: z.string().regex(/^[0-9]{3}$/),
  accountType,
  accountNumber: z.string().regex(/^[0-9]{7}$/),
  holder: line(60),
})

export const shopBody = z.strictObject({
  name: line(60),
  address: line(120),
  category: z.enum(shopCategories),
  largeRetailFacility: z.enum(largeFacilityRoles),
  account: accountTyped,
})

export const accountBody = accountTyped
export const confirmationBody = z.strictObject({ holderHalf: z.string().min(1).max(30) })

export const shopParams = z.strictObject({ shopId: uuid })
export const accountParams = z.strictObject({ payeeAccountId: uuid })

export const shopsQuery = z.strictObject({
  state: z.enum(['applied', 'active', 'suspended', 'rejected', 'left']).optional(),
})

export const decisionBody = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('accept'), reason: reason.optional() }),
  z.strictObject({ decision: z.literal('reject'), reason }),
])
export const reasonBody = z.strictObject({ reason })
export const accountCheckBody = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('accept'), reason: reason.optional() }),
  z.strictObject({ decision: z.literal('refuse'), reason }),
])

/** `holderHalf` is the name as the bank will see it; the number is masked for auditors. */
const account = z.object({
  payeeAccountId: uuid,
  state: z.string(),
  bankCode: z.string(),
  bankName: z.string().nullable(),
  branchCode: z.string(),
  branchName: z.string().nullable(),
  accountType,
  accountNumber: z.string(),
  holderHalf: z.string(),
  proposedAt: instant,
  confirmedAt: instant.nullable(),
  checkedAt: instant.nullable(),
})

export const shopReply = z.object({
  shopId: uuid,
  shopNo: z.string(),
  name: z.string(),
  address: z.string(),
  category: z.string(),
  largeRetailFacility: z.string(),
  shopClass: z.string(),
  /** The fact that decided the class. */
  classReason: z.object({ kind: z.string() }).catchall(z.string()),
  state: z.string(),
  stateSince: instant,
  stateReason: z.string().nullable(),
  heldSince: instant.nullable(),
  heldReason: z.string().nullable(),
  appliedAt: instant,
  payeeNo: z.string(),
  photoId: uuid.nullable(),
  /** The account that is paid, and the one that waits to take its place. */
  account: account.nullable(),
  proposedAccount: account.nullable(),
  /** The other shops that are paid by the same transfer. */
  sharesAccountWith: z.array(z.string()),
})

export const shopsReply = z.object({ shops: z.array(shopReply) })

export const publicShopsReply = z.object({
  shops: z.array(
    z.object({
      shopNo: z.string(),
      name: z.string(),
      address: z.string(),
      category: z.string(),
      shopClass: z.string(),
      ...publicProfile.shape,
    }),
  ),
})

export const accountCheckReply = z.object({
  payeeAccountId: uuid,
  state: z.string(),
  shops: z.array(z.string()),
})
