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
