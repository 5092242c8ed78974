import type { Instant, Yen } from '@minnaken/domain'

/** What a card charge comes to. `pending`: the answer comes later, as a notice. */
export type ChargeOutcome =
  | Readonly<{ kind: 'succeeded'; paidAt: Instant }>
  | Readonly<{ kind: 'declined'; reason: string }>
  | Readonly<{ kind: 'pending' }>

/** What the payment company tells us about one payment, possibly late, twice or out of order. */
export type PaymentNotice = Readonly<{ noticeId: string; paymentId: string }> &
  (
    | Readonly<{ kind: 'succeeded'; paidAt: Instant }>
    | Readonly<{ kind: 'declined' }>
    | Readonly<{ kind: 'expired' }>
  )

export type NoticeReading =
  | Readonly<{ kind: 'read'; notice: PaymentNotice }>
  | Readonly<{ kind: 'signature_refused' }>
  | Readonly<{ kind: 'notice_malformed' }>

/**
 * The company that takes the money. The payment's id is ours and made before the company is asked,
 * so asking again about the same payment charges nobody twice, and a notice always finds its order.
 *
 * A call that throws has an unknown outcome: the order stays reserved until a notice says more.
 */
export type PaymentProvider = Readonly<{
  name: string
  charge: (
    payment: Readonly<{ paymentId: string; amount: Yen; card: string; at: Instant }>,
  ) => Promise<ChargeOutcome>
  issueSlip: (
    payment: Readonly<{ paymentId: string; amount: Yen; payBy: Instant }>,
  ) => Promise<Readonly<{ slipNo: string }>>
  /** Checks who sent the bytes before it looks at what they say. */
  readNotice: (
    received: Readonly<{ headers: Headers; bytes: Uint8Array; at: Instant }>,
  ) => NoticeReading
}>
