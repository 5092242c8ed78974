import type { KindYen } from './lot.ts'
import type { Instant, Period } from './time.ts'
import type { Yen } from './yen.ts'

/** What a kind of voucher is worth elsewhere: the shop classes that would take it today. */
export type KindElsewhere = KindYen & Readonly<{ acceptedBy: readonly string[] }>

/** Why a redemption is refused, with what a screen needs to say what would work. */
export type RedemptionRefusal =
  /** The federation has stopped this shop. */
  | Readonly<{ kind: 'shop_suspended'; since: Instant }>
  /** The shop no longer takes part. */
  | Readonly<{ kind: 'shop_left'; since: Instant }>
  /** The shop has struck off this till. */
  | Readonly<{ kind: 'till_revoked'; revokedAt: Instant }>
  /** This till has to join its shop again. */
  | Readonly<{ kind: 'till_expired'; expiresAt: Instant }>
  /** The phone was reported lost or signed out. */
  | Readonly<{ kind: 'device_revoked'; revokedAt: Instant }>
  /** The whole wallet is stopped. */
  | Readonly<{ kind: 'wallet_stopped'; stoppedAt: Instant }>
  /**
   * The wallet holds vouchers, but none may be spent today. `windows`: when each campaign's
   * can or could, cut off where its vouchers expire.
   */
  | Readonly<{
      kind: 'campaign_closed'
      windows: readonly Readonly<{ campaignId: string; window: Period }>[]
    }>
  /** The code is older than a minute. `validUntil`: the first moment at which it was too old. */
  | Readonly<{ kind: 'code_expired'; issuedAt: Instant; validUntil: Instant }>
  /** The phone's clock runs ahead. `validFrom`: the moment from which the code would be taken. */
  | Readonly<{ kind: 'code_not_yet_valid'; issuedAt: Instant; validFrom: Instant }>
  /** `minYen`: the smallest amount that all vouchers which count here allow. */
  | Readonly<{ kind: 'amount_too_small'; minYen: Yen }>
  /** Above `perCodeYenMax` the payer confirms on the own phone. */
  | Readonly<{ kind: 'confirmation_needed'; perCodeYenMax: Yen }>
  /**
   * `spendableHere` would work: it is all this shop can take, `here` is the same by kind.
   * `elsewhere` is what other shop classes would take today.
   */
  | Readonly<{
      kind: 'balance_too_small'
      spendableHere: Yen
      here: readonly KindYen[]
      elsewhere: readonly KindElsewhere[]
    }>

/** The order in which reasons are looked for: when several apply, the first here is the answer. */
export const refusalOrder = [
  'shop_suspended',
  'shop_left',
  'till_revoked',
  'till_expired',
  'device_revoked',
  'wallet_stopped',
  'campaign_closed',
  'code_expired',
  'code_not_yet_valid',
  'amount_too_small',
  'confirmation_needed',
  'balance_too_small',
] as const satisfies readonly RedemptionRefusal['kind'][]
