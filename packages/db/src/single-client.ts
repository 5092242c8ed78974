import { Client } from 'pg'

/** Opens one connection for the time of `work`. For set-up work; services use `connect`. */
export async function withSingleClient<T>(
  { url, applicationName }: Readonly<{ url: string; applicationName: string }>,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: 30_000,
  })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
