import type { payPreviewBody, payPreviewReply } from '@minnaken/redemption/contract'
import { type Answer, type Body, call, type Reply } from '@minnaken/ui'

export type Preview = Reply<typeof payPreviewReply>

/** Asks what a payment would take, before anything is signed. Nothing is moved by asking. */
export function previewPayment(
  asked: Readonly<{ deviceId: string; shopNo: string; amountYen: number }>,
): Promise<Answer<Preview>> {
  const body: Body<typeof payPreviewBody> = asked
  return call<Preview>({ method: 'POST', path: '/v1/payments/preview', body, isRepeatable: true })
}
