export * from './base45.ts'
export * from './device-key.ts'
export { drawPaymentCode, QR_VERSION_MAX, type Drawing } from './draw.ts'
export * from './payment-code.ts'
