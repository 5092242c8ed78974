import { problem, reply, route, isoOf, refusalReply } from '@minnaken/http'
import { noticeReply, slipParams, slipPaymentBody, slipPaymentReply } from '../contract.ts'
import type { Deps } from '../deps.ts'
import { takeNotice } from './notice.ts'
import type { SandboxRegister } from './sandbox.ts'
import { paySlip } from './slip-payment.ts'

/** The payment company's notices. It proves itself by its signature over the very bytes it sent. */
export const paymentNoticeRoute = (deps: Deps) =>
  route({
    method: 'post',
    path: '/v1/webhooks/payments',
    access: 'anyone',
    summary: { ja: '決済会社からの通知', en: 'Notices of the payment company' },
    raw: true,
    bodyBytesMax: 16 * 1024,
    replies: { 200: noticeReply },
    problems: ['signature_refused', 'notice_malformed'],
    handle: async ({ headers, bytes }) => {
      const taken = await takeNotice(deps, { headers, bytes })
      return taken.kind === 'taken'
        ? reply(200, { received: true, outcome: taken.outcome })
        : problem(taken.kind)
    },
  })

/** Exists with the sandbox only: anyone pays a slip there, as anyone may at a real store. */
export const slipPaymentRoute = (deps: Deps, register: SandboxRegister) =>
  route({
    method: 'post',
    path: '/v1/sandbox/slips/:slipNo/payments',
    access: 'anyone',
    summary: { ja: '(試験用)払込票を店で支払う', en: '(sandbox) Pay a slip at a store' },
    params: slipParams,
    body: slipPaymentBody,
    replies: { 200: slipPaymentReply },
    problems: ['paid_at_impossible'],
    handle: async ({ params: { slipNo }, body }) => {
      const outcome = await paySlip(deps, register, {
        slipNo,
        paidAt: body.paidAt === undefined ? undefined : Date.parse(body.paidAt),
        deliveries: body.deliveries ?? 1,
        delayMs: body.delayMs ?? 0,
      })
      if (outcome.kind === 'refused') return refusalReply(outcome)
      if (outcome.kind === 'not_found') return problem('not_found')
      const { paymentId, paidAt, outcomes } = outcome
      return reply(200, { paymentId, paidAt: isoOf(paidAt), outcomes })
    },
  })
