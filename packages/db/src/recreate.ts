import { manifest } from './manifest.ts'
import { withSingleClient } from './single-client.ts'

/**
 * Makes an empty database in place of an earlier one of that name, for demos; answers its address.
 * Throws for a name that is not plain lower-case letters, digits and underscores.
 */
export async function recreateDatabase(ownerUrl: string, name: string): Promise<string> {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) throw new Error(`${name} is not a database name`)
  const url = new URL(ownerUrl)
  if (url.pathname === `/${name}`) throw new Error(`${name} is the platform's own database`)
  await withSingleClient(
    { url: ownerUrl, applicationName: 'minnaken-recreate' },
    async (client) => {
      await client.query(`drop database if exists ${name} with (force)`)
      await client.query(`create database ${name} template template0`)
    },
  )
  url.pathname = `/${name}`
  return url.href
}

/** Removes every table and row of the platform from a database, as before the first migration. */
export async function removeSchemas(ownerUrl: string): Promise<void> {
  const schemas = new Set(['minnaken', ...Object.keys(manifest).map((it) => it.split('.')[0])])
  await withSingleClient({ url: ownerUrl, applicationName: 'minnaken-recreate' }, (client) =>
    client.query(`drop schema if exists ${[...schemas].join(', ')} cascade`),
  )
}

/** What the owner noted about a database beside its tables, or null. */
export function readNote(ownerUrl: string): Promise<string | null> {
  return withSingleClient({ url: ownerUrl, applicationName: 'minnaken-note' }, async (client) => {
    const { rows } = await client.query<{ note: string | null }>(
      `select obj_description(to_regnamespace('minnaken'), 'pg_namespace') as note`,
    )
    return rows[0]?.note ?? null
  })
}

/** Keeps a note with the database, one word, or takes it away with null. */
export async function writeNote(ownerUrl: string, note: string | null): Promise<void> {
  if (note !== null && !/^[a-z]+$/.test(note)) throw new Error(`${note} is not one word`)
  await withSingleClient({ url: ownerUrl, applicationName: 'minnaken-note' }, (client) =>
    client.query(`comment on schema minnaken is ${note === null ? 'null' : `'${note}'`}`),
  )
}
