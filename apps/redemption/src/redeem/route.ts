import { type OwnLine, problem, reply, route } from '@minnaken/http'
import { previewReply, redeemBody, redeemReply } from '../contract.ts'
import type { ReadNumber } from '../numbers/find.ts'
import { againOf, isTaken, paymentOf, refusalOf, refusals, wordsOfCode } from './answer.ts'
import type { Desk } from './desk.ts'

const problems = ['code_foreign', 'code_forged', 'number_unknown', ...refusals] as const

/** `taken` is called after a payment was taken, so that whoever listens hears of it at once. */
export const redeemRoute = (
  desk: Desk,
  readNumber: ReadNumber,
  {
    hasRoom,
    ownLine,
    taken,
  }: Readonly<{ hasRoom: () => boolean; ownLine: OwnLine; taken: () => void }>,
) =>
  route({
    method: 'post',
    path: '/v1/redemptions',
    access: ['shop_staff'],
    hasRoom,
    ownLine,
    summary: {
      ja: '支払コード(またはその12桁の番号)で受け取る',
      en: 'Take a payment by a payment code, or by the twelve digits that stand for it',
    },
    body: redeemBody,
    replies: { 201: redeemReply },
    problems,
    handle: async ({ body, actor: { tillId } }) => {
      const code = await readNumber(body.code, tillId)
      if (code.kind !== 'code') return problem(code.kind)
      const answered = await desk.redeem({ text: code.text, amount: body.amountYen, tillId })
      if (!('answer' in answered)) return problem(answered.kind)
      if (!isTaken(answered)) return refusalOf(answered)
      taken()
      return reply(201, {
        ...paymentOf(answered.bucket, answered.answer.redemption),
        words: wordsOfCode(code.text),
        ...againOf(answered),
      })
    },
  })

export const previewRoute = (desk: Desk, readNumber: ReadNumber) =>
  route({
    method: 'post',
    path: '/v1/redemptions/preview',
    access: ['shop_staff'],
    shed: 'balance',
    summary: { ja: '受け取る前に内訳を見る', en: 'See the split before taking a payment' },
    body: redeemBody,
    replies: { 200: previewReply },
    problems,
    handle: async ({ body, actor: { tillId } }) => {
      const code = await readNumber(body.code, tillId)
      if (code.kind !== 'code') return problem(code.kind)
      const answered = await desk.preview({ text: code.text, amount: body.amountYen, tillId })
      if (!('answer' in answered)) return problem(answered.kind)
      if (!isTaken(answered)) return refusalOf(answered)
      const { kind, redemption } = answered.answer
      const { amountYen, split, redemptionId } = paymentOf(answered.bucket, redemption)
      return reply(
        200,
        kind === 'replayed' ? { amountYen, split, redemptionId } : { amountYen, split },
      )
    },
  })
