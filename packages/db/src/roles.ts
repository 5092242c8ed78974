import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import type { Client } from 'pg'
import { isCatalogRace, isLoginRefused, isPermissionDenied } from './errors.ts'
import { retryOn } from './retry.ts'
import { withSingleClient } from './single-client.ts'

/** The services, each of which connects as a role of its own, and the auditor, who only reads. */
export const serviceRoles = ['purchase', 'redemption', 'settlement', 'auditor'] as const

export type ServiceRole = (typeof serviceRoles)[number]

/** How long PostgreSQL lets one statement of a role take: what the first migration sets. */
export const statementMsMax: Readonly<Record<ServiceRole, number>> = {
  purchase: 5_000,
  redemption: 2_000,
  settlement: 600_000,
  auditor: 600_000,
}

/** The role's name in PostgreSQL. */
export const roleName = (role: ServiceRole): string => `minnaken_${role}`

/** A service role's password: nobody keeps it, everyone who holds the secret can compute it. */
const passwordOf = (role: ServiceRole, secret: string): string =>
  createHmac('sha256', secret).update(roleName(role)).digest('base64url')

/**
 * Gives every service role its password. The roles come from the first migration.
 *
 * Only a verifier travels to PostgreSQL, so no password reaches its log. What is right already is
 * not written again, so several may do it at once and connections made meanwhile succeed.
 */
export async function setRolePasswords(ownerUrl: string, secret: string): Promise<void> {
  await withSingleClient({ url: ownerUrl, applicationName: 'minnaken-roles' }, async (client) => {
    const present = await verifiersIn(client)
    for (const role of serviceRoles) {
      const verifier = verifierOf(role, secret)
      if (present.get(roleName(role)) === verifier) continue
      await retryOn(isCatalogRace, () =>
        client.query(`alter role ${roleName(role)} password '${verifier}'`),
      )
    }
  })
}

/**
 * The service roles that have a password which is not the one of this secret: somebody else uses
 * them. One that exists without a password, or not at all, is nobody's yet.
 *
 * Where the owner may not see passwords, a role that is there and does not let us in is taken.
 */
export async function rolesOfOthers(ownerUrl: string, secret: string): Promise<ServiceRole[]> {
  const { names, verifiers } = await withSingleClient(
    { url: ownerUrl, applicationName: 'minnaken-roles' },
    async (client) => {
      const { rows } = await client.query<{ name: string }>('select rolname as name from pg_roles')
      return { names: rows.map(({ name }) => name), verifiers: await verifiersIn(client) }
    },
  )
  const others: ServiceRole[] = []
  for (const role of serviceRoles) {
    if (!names.includes(roleName(role))) continue
    const verifier = verifiers.get(roleName(role))
    if (verifier === null || verifier === verifierOf(role, secret)) continue
    if (!(await isPasswordRight(ownerUrl, role, secret))) others.push(role)
  }
  return others
}

/** Whether a service role gets in with the password of this secret. */
export async function isPasswordRight(
  ownerUrl: string,
  role: ServiceRole,
  secret: string,
): Promise<boolean> {
  const url = urlFor(ownerUrl, role, secret)
  try {
    await withSingleClient({ url, applicationName: 'minnaken-roles' }, () => Promise.resolve())
    return true
  } catch (error) {
    if (isLoginRefused(error)) return false
    throw error
  }
}

/** What PostgreSQL keeps of each password, as far as the owner may see it (a superuser may). */
async function verifiersIn(client: Client): Promise<ReadonlyMap<string, string | null>> {
  try {
    const { rows } = await client.query<{ name: string; verifier: string | null }>(
      'select rolname as name, rolpassword as verifier from pg_catalog.pg_authid',
    )
    return new Map(rows.map(({ name, verifier }) => [name, verifier]))
  } catch (error) {
    if (!isPermissionDenied(error)) throw error
    return new Map()
  }
}

/** The address of the same database for a service role. */
export function urlFor(ownerUrl: string, role: ServiceRole, secret: string): string {
  const url = new URL(ownerUrl)
  url.username = roleName(role)
  url.password = passwordOf(role, secret)
  return url.href
}

/** What PostgreSQL keeps of a password (RFC 5803), always the same for the same secret. */
function verifierOf(role: ServiceRole, secret: string): string {
  const iterations = 4096
  const salt = createHmac('sha256', secret)
    .update(`salt ${roleName(role)}`)
    .digest()
    .subarray(0, 16)
  const salted = pbkdf2Sync(passwordOf(role, secret), salt, iterations, 32, 'sha256')
  const keyOf = (name: string): Buffer => createHmac('sha256', salted).update(name).digest()
  const stored = createHash('sha256').update(keyOf('Client Key')).digest('base64')
  const server = keyOf('Server Key').toString('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${server}`
}
