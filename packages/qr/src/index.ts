export * from './base45.ts'
export * from './device-key.ts'
export { drawPaymentCode, drawShopCode, QR_VERSION_MAX, type Drawing } from './draw.ts'
export type { CodeFault } from './emvco-fields.ts'
export * from './inspect.ts'
export {
  decodePaymentCode,
  PAYMENT_CODE_CHARACTERS,
  signPaymentCode,
  verifyPaymentCode,
  type DecodedPaymentCode,
  type EpochSeconds,
  type PaymentCode,
  type PaymentCodeRefusal,
} from './payment-code.ts'
export * from './payment-number.ts'
export { type PictureWord } from './picture-words.ts'
export * from './shop-code.ts'
export * from './signed-payment.ts'
export * from './two-words.ts'
