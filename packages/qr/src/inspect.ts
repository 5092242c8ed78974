import { looksLikeConsumerCode, readConsumerCode } from './emvco-cpm.ts'
import type { CodeFault } from './emvco-fields.ts'
import { looksLikeMerchantCode, readMerchantCode } from './emvco-mpm.ts'
import { decodePaymentCode } from './payment-code.ts'
import { isPaymentNumber } from './payment-number.ts'
import { readShopCode } from './shop-code.ts'

/** What a code is, whoever made it. */
export type CodeInspection = Readonly<{
  kind:
    | 'payment_code'
    | 'shop_code'
    | 'emvco_mpm'
    | 'jpqr'
    | 'emvco_cpm'
    | 'url'
    | 'digits'
    | 'unknown'
  /** Made by this platform. A code that only looks like ours is not. */
  ours: boolean
  /** Nothing is wrong with its form. Whether it still pays, only the service knows. */
  valid: boolean
  faults: readonly CodeFault[]
  /** What may be told of it: nothing that pays, and no card number. */
  fields: Readonly<Record<string, unknown>>
}>

/**
 * Tells what a scanned or typed text is: one of ours, or whose. Pure and without a network, so
 * that a till can say at once "this is another company's code".
 *
 * `origin` is where our residents' app lives, such as `https://ken.example`.
 */
export function inspectCode(
  text: string,
  { origin }: Readonly<{ origin: string }>,
): CodeInspection {
  const code = decodePaymentCode(text)
  if (code.kind === 'payment_code') {
    const issuedAt = new Date(code.issuedAt * 1_000).toISOString()
    return found('payment_code', true, { deviceId: code.deviceId, issuedAt })
  }
  if (looksLikeConsumerCode(text)) return foreign('emvco_cpm', readConsumerCode(text))
  if (looksLikeMerchantCode(text)) {
    const merchant = readMerchantCode(text)
    return foreign(merchant.kind, merchant)
  }
  if (/^\d+$/.test(text)) return digitsOf(text)
  if (/^https?:\/\//i.test(text)) return addressOf(text, origin)
  return found('unknown', false, { characters: Array.from(text).length })
}

const found = (
  kind: CodeInspection['kind'],
  ours: boolean,
  fields: Readonly<Record<string, unknown>>,
  faults: readonly CodeFault[] = [],
): CodeInspection => ({
  kind,
  ours,
  valid: kind !== 'unknown' && faults.length === 0,
  faults,
  fields,
})

const foreign = (
  kind: CodeInspection['kind'],
  { faults, fields }: Pick<CodeInspection, 'faults' | 'fields'>,
): CodeInspection => found(kind, false, fields, faults)

/** By how many digits they show. The digits themselves would pay, so they are not repeated. */
const services: Readonly<Record<number, readonly string[]>> = {
  16: ['楽天ペイ'],
  19: ['メルペイ', 'au PAY', 'ゆうちょPay', 'LINE Pay'],
  22: ['d払い'],
  24: ['PayPay'],
}

function digitsOf(text: string): CodeInspection {
  const digits = text.length
  if (digits !== 12) return found('digits', false, { digits, services: services[digits] ?? [] })
  const isOurs = isPaymentNumber(text)
  return found('digits', isOurs, { digits }, isOurs ? [] : [{ rule: 'check_digit', at: 11 }])
}

/** `URL.canParse` is younger than some iPhones in use. */
function hostOf(text: string): string | null {
  try {
    return new URL(text).host
  } catch {
    return null
  }
}

/** Whose address it is. What comes after the host may be a secret, so it is not repeated. */
function addressOf(text: string, origin: string): CodeInspection {
  const shop = readShopCode(text, { origin })
  if (shop.kind === 'shop_code') return found('shop_code', true, { shopNo: shop.shopNo })
  const host = hostOf(text)
  if (host === null) return found('url', false, {}, [{ rule: 'form', at: 0 }])
  if (shop.rule === 'host')
    return found('shop_code', false, { host }, [{ rule: 'host', at: text.indexOf('//') + 2 }])
  if (shop.rule === 'check_digit')
    return found('shop_code', true, { host }, [{ rule: 'check_digit', at: text.length - 1 }])
  const isPayPay = host === 'qr.paypay.ne.jp'
  return found('url', false, { host, ...(isPayPay ? { services: ['PayPay'] } : {}) })
}
