import { CompactSign, UnsecuredJWT } from 'jose'
import { expect, test } from 'vitest'
import { type AdmissionTicket, openTicketOffice } from './admission.ts'

const now = Date.parse('2027-02-23T12:00:00+09:00')
const office = openTicketOffice('the secret of an invented installation')
const ticket: AdmissionTicket = {
  kind: 'waiting',
  placeId: 'dGhpcyBpcyAxNiBi',
  givenAt: now,
  givenNo: 14_203,
  holder: office.holderOf('a session'),
  expiresAt: now + 60_000,
}
const partsOf = (text: string) => text.split('.') as [string, string, string]
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

test('a ticket is read as it was signed, by any process with the same secret', async () => {
  const text = office.sign(ticket)
  const other = openTicketOffice('the secret of an invented installation')
  expect(await other.read(text, now)).toEqual({ kind: 'read', ticket })
  const admitted = { ...ticket, kind: 'admitted', holder: null } as const
  expect(await other.read(office.sign(admitted), now)).toEqual({
    kind: 'read',
    ticket: admitted,
  })
})

test('a ticket counts up to its last moment', async () => {
  const text = office.sign(ticket)
  expect(await office.read(text, ticket.expiresAt - 1)).toMatchObject({ kind: 'read' })
  expect(await office.read(text, ticket.expiresAt)).toEqual({ kind: 'ticket_expired' })
})

test('a ticket has no personal data: a session in it is the same each time and no token', async () => {
  const [, payload] = partsOf(office.sign({ ...ticket, holder: office.holderOf('secret 1') }))
  expect(Buffer.from(payload, 'base64url').toString()).not.toContain('secret 1')
  expect(office.holderOf('secret 1')).toBe(office.holderOf('secret 1'))
  expect(office.holderOf('secret 1')).not.toBe(office.holderOf('secret 2'))
  const others = openTicketOffice('another installation')
  expect(others.holderOf('secret 1')).not.toBe(office.holderOf('secret 1'))
})

test('any changed letter makes a ticket not ours', async () => {
  const text = office.sign(ticket)
  const kinds = new Set<string>()
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  for (let at = 0; at < text.length; at++) {
    // The last letter of a signature has two bits that say nothing: three more spell the same bytes.
    const tried = at === text.length - 1 ? letters : text[at] === 'A' ? 'g' : 'A'
    for (const letter of tried.replace(text.charAt(at), '')) {
      const forged = `${text.slice(0, at)}${letter}${text.slice(at + 1)}`
      kinds.add((await office.read(forged, now)).kind)
    }
  }
  expect([...kinds]).toEqual(['ticket_not_ours'])
})

test('a ticket of another installation, of no algorithm or of another kind is not ours', async () => {
  const text = office.sign(ticket)
  const [header, payload, signature] = partsOf(text)
  const key = new Uint8Array(32)
  const bytes = Buffer.from(payload, 'base64url')
  const signedAs = (head: { alg: string; [name: string]: unknown }) =>
    new CompactSign(bytes).setProtectedHeader(head).sign(key)
  const forgeries = [
    openTicketOffice('another installation').sign(ticket),
    openTicketOffice('').sign(ticket),
    new UnsecuredJWT({}).encode(),
    `${encoded({ alg: 'none' })}.${payload}.`,
    `${encoded({ alg: 'none' })}.${payload}.${signature}`,
    `${encoded({ alg: 'HS256', typ: 'pay+jws' })}.${payload}.${signature}`,
    `${encoded({ alg: 'HS256', typ: 'admission+jws', kid: '../x' })}.${payload}.${signature}`,
    `${header}.${payload}.`,
    `${header}.${encoded(['admitted', 'x', now, 1, null, now + 1_000])}.${signature}`,
    `${header}.${payload}`,
    `${header}..${signature}`,
    `${header}.`,
    header,
    '',
    '.',
    '..',
    'undefined',
    `${text}.`,
    `${text} `,
    ` ${text}`,
    `${header}.${'A'.repeat(1_000_000)}.${signature}`,
    await signedAs({ alg: 'HS256', typ: 'admission+jws' }),
    await signedAs({ alg: 'HS512', typ: 'admission+jws' }),
  ]
  for (const forged of forgeries)
    expect([forged.slice(0, 80), await office.read(forged, now)]).toEqual([
      forged.slice(0, 80),
      { kind: 'ticket_not_ours' },
    ])
})
