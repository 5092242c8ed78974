/** Crockford's 32 letters: no I, L, O or U, so that a code survives being read aloud and typed. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A random code; each letter holds five bits. */
const randomCode = (length: number, randomBytes: (count: number) => Uint8Array): string =>
  [...randomBytes(length)].map((byte) => letters[byte & 31]).join('')

/** The number of an application that came by phone: ten letters, 50 bits, saying nothing. */
export const newApplicationNo = (randomBytes: (count: number) => Uint8Array): string =>
  randomCode(10, randomBytes)

/** What lets a person take over an application that a clerk keyed: `7K3M-9QXW-2DBT`, 60 bits. */
export const newClaimCode = (randomBytes: (count: number) => Uint8Array): string =>
  randomCode(12, randomBytes).replace(/^(.{4})(.{4})/, '$1-$2-')

/** A claim code as it was made, from how a person typed it. */
export const typedClaimCode = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
    .replace(/^(.{4})(.{4})/, '$1-$2-')
