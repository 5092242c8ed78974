import type { Mutant } from './mutant.ts'

const redemption = 'apps/redemption/src'
const qr = 'packages/qr/src'

/** Breaks of the shop's code, of numbers, and of what both sides hear and see of a payment. */
export const codeBreaks: readonly Mutant[] = [
  {
    law: 'L65',
    file: `${redemption}/payments/pay.ts`,
    from: "if (place?.walletId !== device.walletId) return { kind: 'payment_not_genuine' }",
    to: "if (place === null) return { kind: 'payment_not_genuine' }",
  },
  {
    law: 'L65',
    file: `${redemption}/payments/pay.ts`,
    from: "if (place?.walletId !== device.walletId) return { kind: 'device_unknown' }",
    to: "if (place === null) return { kind: 'device_unknown' }",
  },
  {
    law: 'L65',
    file: `${redemption}/payments/pay.ts`,
    from: '    walletId: device.walletId,\n    nonce: payment.nonce,',
    to: '    walletId: device.walletId,\n    nonce: deps.randomBytes(16),',
  },
  {
    law: 'L65',
    file: `${redemption}/payments/pay.ts`,
    from: 'codeIssuedAt: payment.issuedAt * 1_000,',
    to: 'codeIssuedAt: deps.now(),',
  },
  {
    law: 'L65',
    file: `${qr}/signed-payment.ts`,
    from: 'isSignedBy(publicKey, payment)',
    to: 'Promise.resolve(true)',
  },
  {
    law: 'L66',
    file: `${redemption}/payments/pay.ts`,
    from: 'return hasConfirmed(deps.db, { accountId, challenge, response: confirmation, at: origin })',
    to: 'return true',
  },
  {
    law: 'L66',
    file: `${redemption}/payments/pay.ts`,
    from: 'if (confirmation === undefined) return false',
    to: 'if (confirmation === undefined) return true',
  },
  {
    law: 'L66',
    file: `${qr}/challenge.ts`,
    from: '  bytes.set(thing, confirming.length)\n',
    to: '',
  },
  {
    law: 'L66',
    file: `${qr}/signed-payment.ts`,
    from: "confirms this payment', payload)",
    to: "confirms this payment', payload.subarray(0, AMOUNT_AT))",
  },
  {
    law: 'L67',
    file: `${redemption}/numbers/find.ts`,
    from: 'const MISSES_MAX = 10\n',
    to: 'const MISSES_MAX = 1e9\n',
  },
  {
    law: 'L67',
    file: `${redemption}/numbers/find.ts`,
    from: 'new Date(at - MISSES_MS)',
    to: 'new Date(at - MISSES_MS - 1)',
  },
  {
    law: 'L67',
    file: `${redemption}/numbers/find.ts`,
    from: 'or not exists (select from found) and not exists (select from missed)',
    to: 'or false',
  },
  {
    law: 'L67',
    file: `${redemption}/numbers/issue.ts`,
    from: ".whereRef('r.nonce', '=', 'redemption.payment_number.nonce')",
    to: ".whereRef('r.nonce', '<>', 'redemption.payment_number.nonce')",
  },
  {
    law: 'L67',
    file: `${redemption}/numbers/issue.ts`,
    from: 'if (at >= validUntil)',
    to: 'if (at > validUntil)',
  },
  {
    law: 'L67',
    file: `${redemption}/numbers/issue.ts`,
    from: 'if (place?.walletId !== device.walletId)',
    to: 'if (place === null)',
  },
  {
    law: 'L67',
    file: `${redemption}/numbers/issue.ts`,
    from: 'conflict.doNothing()',
    to: "conflict.columns(['device_id', 'nonce']).doNothing()",
  },
  {
    law: 'L67',
    file: `${redemption}/numbers/issue.ts`,
    from: 'const NUMBERS_A_MINUTE_MAX = 20\n',
    to: 'const NUMBERS_A_MINUTE_MAX = 1e9\n',
  },
  {
    law: 'L68',
    file: `${qr}/shop-code.ts`,
    from: 'if (from.toLowerCase() !== origin.toLowerCase())',
    to: "if (from === '')",
  },
  {
    law: 'L68',
    file: `${qr}/shop-code.ts`,
    from: ' && endsInCheckDigit(digits) ?',
    to: ' ?',
  },
  {
    law: 'L68',
    file: `${qr}/check-digit.ts`,
    from: "'4206871359'",
    to: "'4206871395'",
  },
  {
    law: 'L68',
    file: 'apps/resident-web/src/pay/read-code.ts',
    from: 'if (!ours) return',
    to: 'if (host === undefined) return',
  },
  {
    law: 'L68',
    file: `${redemption}/tills/tills.ts`,
    from: "    .where('is_printed', '=', false)\n    .orderBy('joined_at')",
    to: "    .orderBy('joined_at')",
  },
  {
    law: 'L69',
    file: `${redemption}/live/audience.ts`,
    from: '    this.#recent.set(happening.id, happening)\n',
    to: '',
  },
  {
    law: 'L69',
    file: `${redemption}/live/audience.ts`,
    from: 'of this.#listening.get(key) ?? []) if',
    to: 'of this.#all) if',
  },
  {
    law: 'L69',
    file: `${redemption}/live/board.ts`,
    from: 'if (tillId !== null && stopped.has(tillId)) leave()',
    to: 'if (tillId !== null && stopped.size < 0) leave()',
  },
  {
    law: 'L69',
    file: `${redemption}/live/read.ts`,
    from: ' offset 0\n) lately\nwhere shop_id = any ($4::uuid[]) and decided_at >= $2::timestamptz\nunion\n',
    to: '\n) lately\nwhere shop_id = any ($4::uuid[]) and decided_at >= $2::timestamptz\nunion\n',
  },
  {
    law: 'L69',
    file: 'packages/http/src/live.ts',
    from: "isStillAllowed ? write(':\\n\\n') : end()",
    to: "void isStillAllowed, write(':\\n\\n')",
  },
  {
    law: 'L69',
    file: 'packages/ui/src/live-events.ts',
    from: 'text = `${text}${value}`',
    to: 'text = `${value}`',
  },
  {
    law: 'L69',
    file: 'apps/shop-web/src/receive/announced.ts',
    from: '!announced.has(redemptionId)',
    to: 'announced.size >= 0',
  },
  {
    law: 'L70',
    file: `${qr}/two-words.ts`,
    from: '[wordAt(sha256OfNonce, 0), wordAt(sha256OfNonce, 1)]',
    to: '[wordAt(sha256OfNonce, 0), wordAt(sha256OfNonce, 0)]',
  },
  {
    law: 'L70',
    file: `${qr}/picture-words.ts`,
    from: '🐑 ひつじ sheep',
    to: '🐑 ざくり sheep',
  },
  {
    law: 'L70',
    file: `${qr}/picture-words.ts`,
    from: '🐘 ぞう elephant 大象 코끼리\n🦒 きりん giraffe 长颈鹿 기린',
    to: '🦒 きりん giraffe 长颈鹿 기린\n🐘 ぞう elephant 大象 코끼리',
  },
]
