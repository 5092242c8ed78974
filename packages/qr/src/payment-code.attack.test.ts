import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeBase45 } from './base45.ts'
import { decodePaymentCode, signPaymentCode, verifyPaymentCode } from './payment-code.ts'

const P256 = { name: 'ECDSA', namedCurve: 'P-256' }
const ES256 = { name: 'ECDSA', hash: 'SHA-256' }
const makePair = () => crypto.subtle.generateKey(P256, true, ['sign', 'verify'])
const [phone, thief] = await Promise.all([makePair(), makePair()])

const deviceId = '01940000-abcd-7000-8000-0123456789ab'
const genuine = await signPaymentCode({
  key: phone.privateKey,
  deviceId,
  issuedAt: 1_804_000_000,
  nonce: Uint8Array.from({ length: 16 }, (_, at) => at),
})
const utf8 = (text: string) => new TextEncoder().encode(text)
const base64url = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url')

const read = decodePaymentCode(genuine)
if (read.kind === 'refused') throw new Error('the genuine code is read')
const { payload, signature } = read
const bytes = Buffer.concat([payload, signature])

/** What a till would find out: refused by its form, refused by its signature, or accepted. */
async function judge(text: string, key = phone.publicKey): Promise<string> {
  const code = decodePaymentCode(text)
  if (code.kind === 'refused') return `refused: ${code.rule}`
  return (await verifyPaymentCode(code, key)) ? 'accepted' : 'forged'
}

const withBytes = (change: (copy: Buffer) => void): string => {
  const copy = Buffer.from(bytes)
  change(copy)
  return encodeBase45(copy)
}
const withSignature = (other: Uint8Array): string => encodeBase45(Buffer.concat([payload, other]))
const signRaw = async (input: string | Uint8Array, key = phone.privateKey) =>
  new Uint8Array(
    await crypto.subtle.sign(ES256, key, typeof input === 'string' ? utf8(input) : input),
  )
/** Signs the genuine payload with the genuine key, but under another JWS header. */
const underHeader = async (header: string): Promise<string> =>
  withSignature(await signRaw(`${base64url(header)}.${base64url(payload)}`))

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const bytesOf = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex')
const r = BigInt(`0x${Buffer.from(signature.subarray(0, 32)).toString('hex')}`)
const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`)
const withRS = (first: bigint, second: bigint): string =>
  withSignature(Buffer.concat([bytesOf(first), bytesOf(second)]))
/** The same signature in ASN.1, as servers outside JOSE write it. */
const derInteger = (value: bigint) => {
  const hex = value.toString(16)
  const even = hex.length % 2 === 0 ? hex : `0${hex}`
  const positive = Number.parseInt(even.slice(0, 2), 16) > 127 ? `00${even}` : even
  const content = Buffer.from(positive, 'hex')
  return Buffer.concat([Uint8Array.of(2, content.length), content])
}
const derBody = Buffer.concat([derInteger(r), derInteger(s)])
const der = Buffer.concat([Uint8Array.of(0x30, derBody.length), derBody])

const header = '{"alg":"ES256","typ":"pay+jws"}'
const textualJws = (head: string, tail: string) =>
  `${base64url(head)}.${base64url(payload)}.${tail}`
const spki = Buffer.from(await crypto.subtle.exportKey('spki', phone.publicKey))
const hmac = await crypto.subtle.sign(
  'HMAC',
  await crypto.subtle.importKey('raw', spki, { name: 'HMAC', hash: 'SHA-512' }, false, ['sign']),
  utf8(textualJws('{"alg":"HS512","typ":"pay+jws"}', '').slice(0, -1)),
)

describe('a code that is not what the phone signed', () => {
  test('the genuine code is accepted, or the rest would prove nothing', async () => {
    expect(await judge(genuine)).toBe('accepted')
  })

  test.for<[string, string | Promise<string>]>([
    ['empty', ''],
    ['one character less at the end', genuine.slice(0, -1)],
    ['one character less at the start', genuine.slice(1)],
    ['three characters less', genuine.slice(0, -3)],
    ['the payload alone', encodeBase45(payload)],
    ['the signature alone', encodeBase45(signature)],
    ['an empty signature', withSignature(new Uint8Array())],
    ['half a signature', withSignature(signature.subarray(0, 32))],
    ['one byte less', encodeBase45(bytes.subarray(0, -1))],
    ['one byte more', encodeBase45(Buffer.concat([bytes, Uint8Array.of(0)]))],
    [
      'shop and amount appended',
      encodeBase45(Buffer.concat([payload, Buffer.alloc(20), signature])),
    ],
    ['twice', genuine + genuine],
    ['a megabyte', genuine.repeat(7_000)],
    ['a space before', ` ${genuine}`],
    ['a line feed after', `${genuine}\n`],
    ['a signature in ASN.1', withSignature(der)],
    ['a JWS as text', textualJws(header, base64url(signature))],
    ['a JWS with alg none', textualJws('{"alg":"none"}', '')],
    ['a JWS with alg nOnE', textualJws('{"alg":"nOnE"}', '')],
    ['a session token', base64url(Buffer.alloc(32, 7))],
    ['another company’s number', '315899000000000000'],
    ['a shop’s address', 'https://example.invalid/s/12345'],
  ])('is refused by its length: %s', async ([, text]) => {
    expect(await judge(await text)).toBe('refused: length')
  })

  test.for([
    ['small letters', genuine.toLowerCase().padEnd(152)],
    ['a full-width first character', `\u{FF37}${genuine.slice(1)}`],
    ['a Cyrillic letter in the middle', `${genuine.slice(0, 70)}\u{0410}${genuine.slice(71)}`],
    ['a line feed inside', `${genuine.slice(0, 70)}\n${genuine.slice(71)}`],
    ['a zero at the end', `${genuine.slice(0, -1)}\0`],
    ['a lone surrogate', `${genuine.slice(0, -1)}\u{D800}`],
    ['an emoji', `${genuine.slice(0, -2)}\u{1F600}`],
    ['a JWS cut to 152 characters', textualJws(header, base64url(signature)).slice(0, 152)],
    ['base64url of 152 characters', base64url(Buffer.alloc(114, 0xfb))],
    ['SQL', `'; drop table ledger.lot; --`.padEnd(152, 'A')],
  ] as const)('is refused by its characters: %s', async ([, text]) => {
    expect(text.length).toBe(152)
    expect(await judge(text)).toBe('refused: character')
  })

  test.for([
    ['a group above 65535', `GGW${genuine.slice(3)}`],
    ['every group above 65535', ':'.repeat(152)],
    ['a last byte above 255', `${genuine.slice(0, -2)}V5`],
  ] as const)('is refused by its value: %s', async ([, text]) => {
    expect(await judge(text)).toBe('refused: overflow')
  })

  test.for([0, 2, 3, 0x7f, 0x81, 0xff])('is refused by its version: %d', async (version) => {
    expect(await judge(withBytes((copy) => copy.writeUInt8(version, 0)))).toBe('refused: version')
  })

  test.for<[string, string | Promise<string>]>([
    ['another phone’s id', withBytes((copy) => copy.write('0194ffff', 1, 'hex'))],
    ['a second later', withBytes((copy) => copy.writeUInt32BE(1_804_000_001, 17))],
    ['issued at 0', withBytes((copy) => copy.writeUInt32BE(0, 17))],
    ['issued in 2106', withBytes((copy) => copy.writeUInt32BE(0xffff_ffff, 17))],
    ['another nonce', withBytes((copy) => copy.writeUInt8(99, 36))],
    ['a signature of zeros', withSignature(new Uint8Array(64))],
    ['a signature of ones', withSignature(new Uint8Array(64).fill(0xff))],
    ['r = 0', withRS(0n, s)],
    ['s = 0', withRS(r, 0n)],
    ['r = s = 1', withRS(1n, 1n)],
    ['r = order of the curve', withRS(ORDER, s)],
    ['s = order of the curve', withRS(r, ORDER)],
    ['r = order, s = order', withRS(ORDER, ORDER)],
    ['r and s exchanged', withRS(s, r)],
    ['r from the other end', withRS(ORDER - r, s)],
    ['a signature in ASN.1, cut', withSignature(der.subarray(0, 64))],
    [
      'a thief’s signature',
      signRaw(`${base64url(header)}.${base64url(payload)}`, thief.privateKey).then(withSignature),
    ],
    ['signed without a header', signRaw(payload).then(withSignature)],
    ['signed with an empty header', underHeader('')],
    ['signed as another typ', underHeader('{"alg":"ES256","typ":"session+jws"}')],
    ['signed without typ', underHeader('{"alg":"ES256"}')],
    ['signed with the header in another order', underHeader('{"typ":"pay+jws","alg":"ES256"}')],
    ['signed with a header of other spelling', underHeader('{"alg": "ES256","typ":"pay+jws"}')],
    ['signed as alg none', underHeader('{"alg":"none","typ":"pay+jws"}')],
    ['signed as HS256', underHeader('{"alg":"HS256","typ":"pay+jws"}')],
    ['signed as RS256', underHeader('{"alg":"RS256","typ":"pay+jws"}')],
    ['signed with an alg twice', underHeader('{"alg":"none","alg":"ES256","typ":"pay+jws"}')],
    ['signed with a kid', underHeader('{"alg":"ES256","typ":"pay+jws","kid":"../../dev/null"}')],
    [
      'signed with a jku',
      underHeader('{"alg":"ES256","typ":"pay+jws","jku":"https://example.invalid"}'),
    ],
    [
      'signed with b64 false',
      underHeader('{"alg":"ES256","typ":"pay+jws","b64":false,"crit":["b64"]}'),
    ],
    ['HMAC with the public key as secret', withSignature(new Uint8Array(hmac))],
  ])('is forged: %s', async ([, text]) => {
    expect(await judge(await text)).toBe('forged')
  })

  test('no single bit can be turned', async () => {
    const turned = Array.from({ length: bytes.length * 8 }, (_, bit) =>
      withBytes((copy) => copy.writeUInt8((bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7)), bit >> 3)),
    )
    const answers = await Promise.all(turned.map((text) => judge(text)))
    expect(new Set(answers)).toEqual(new Set(['refused: version', 'forged']))
    expect(answers.filter((answer) => answer === 'refused: version')).toHaveLength(8)
  })

  test('no character can be replaced, whatever by', async () => {
    const replaced = fc.tuple(
      fc.nat(151),
      fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 1 }),
    )
    await fc.assert(
      fc.asyncProperty(replaced, async ([at, character]) => {
        fc.pre(genuine.charAt(at) !== character)
        const text = genuine.slice(0, at) + character + genuine.slice(at + 1)
        expect(await judge(text)).not.toBe('accepted')
      }),
      { numRuns: 500 },
    )
  })

  test('no text at all makes the reader throw', async () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: 'binary-ascii', minLength: 152, maxLength: 152 }),
      fc.uint8Array({ minLength: 101, maxLength: 101 }).map(encodeBase45),
    )
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        expect(await judge(text)).toMatch(/^(refused: (length|character|overflow|version)|forged)$/)
      }),
      { numRuns: 500 },
    )
  })

  test('another phone’s key accepts nothing of this phone', async () => {
    expect(await judge(genuine, thief.publicKey)).toBe('forged')
  })

  test('the mirror image of a signature is the same code: same phone, same nonce', async () => {
    const mirrored = withRS(r, ORDER - s)
    expect(mirrored).not.toBe(genuine)
    expect(await judge(mirrored)).toBe('accepted')
    expect(decodePaymentCode(mirrored)).toMatchObject({ deviceId, nonce: read.nonce })
  })
})
