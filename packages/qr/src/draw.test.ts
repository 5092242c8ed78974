import type { CryptoKey } from 'jose'
import type { QRCodeMaskPattern } from 'qrcode'
import { describe, expect, test } from 'vitest'
import { drawPaymentCode, symbolOf } from './draw.ts'
import { signPaymentCode } from './payment-code.ts'

const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
  'sign',
  'verify',
])
const signAny = (key: CryptoKey): Promise<string> =>
  signPaymentCode({
    key,
    deviceId: crypto.randomUUID(),
    issuedAt: crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    nonce: crypto.getRandomValues(new Uint8Array(16)),
  })
const masks: readonly QRCodeMaskPattern[] = [0, 1, 2, 3, 4, 5, 6, 7]

/** Fills the path's rectangles into a grid, to see what is drawn. */
function darkSquares(path: string): Set<string> {
  const dark = new Set<string>()
  for (const [, x, y, width, back] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)) {
    expect(back).toBe(width)
    for (let at = 0; at < Number(width); at++) dark.add(`${Number(x) + at},${y}`)
  }
  return dark
}

describe('a drawn payment code', () => {
  test('10,000 codes are QR version 6 at most', { timeout: 120_000 }, async () => {
    const versions = new Set<number>()
    for (let drawn = 0; drawn < 10_000; drawn += 100) {
      // The mask does not change the version; choosing the best of eight is what takes time.
      const texts = await Promise.all(Array.from({ length: 100 }, () => signAny(pair.privateKey)))
      texts.forEach((text, at) => versions.add(symbolOf(text, masks[at % 8]).version))
    }
    expect([...versions]).toEqual([6])
  })

  test('has the squares of its symbol, and a margin of four on each side', async () => {
    const text = await signAny(pair.privateKey)
    const { modules } = symbolOf(text)
    const { version, size, path } = drawPaymentCode(text)
    expect({ version, size }).toEqual({ version: 6, size: 41 + 8 })
    const wanted = new Set<string>()
    for (let row = 0; row < modules.size; row++)
      for (let column = 0; column < modules.size; column++)
        if (modules.get(row, column)) wanted.add(`${column + 4},${row + 4}`)
    expect(wanted.size).toBeGreaterThan(500)
    expect(darkSquares(path)).toEqual(wanted)
    expect(path.replaceAll(/M\d+ \d+h\d+v1h-\d+z/g, '')).toBe('')
  })

  test('is written in alphanumeric mode at level M', async () => {
    const symbol = symbolOf(await signAny(pair.privateKey))
    expect(symbol.segments.map((segment) => segment.mode)).toMatchObject([{ id: 'Alphanumeric' }])
    expect(symbol.errorCorrectionLevel).toEqual({ bit: 0 })
  })

  test.for(['', 'HELLO', 'A'.repeat(152), 'https://example.invalid/s/12345'])(
    'is of a payment code only, not of %j',
    (text) => {
      expect(() => drawPaymentCode(text)).toThrow('what is drawn is a payment code')
    },
  )
})
