/** A setting of PostgreSQL by its name, for example `{ shared_buffers: '128MB' }`. */
export type ServerSettings = Readonly<Record<string, string | number | boolean>>

/**
 * Loopback only, nothing on disk but the data folder, every acknowledged commit durable.
 * Sized for a demo, tests and one machine's trial, not for a federation's production.
 */
const defaults: ServerSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  ssl: false,
  fsync: true,
  synchronous_commit: true,
  full_page_writes: true,
  max_connections: 200,
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  timezone: 'UTC',
  log_timezone: 'UTC',
  datestyle: 'iso, ymd',
  lc_messages: 'C',
  jit: false,
  log_line_prefix: '%m [%p] %q%u@%d %a ',
}

/** The text of `postgresql.conf`. */
export const configurationFile = (settings: ServerSettings): string =>
  Object.entries({ ...defaults, ...settings })
    .map(([name, value]) => `${name} = '${textOf(value).replaceAll("'", "''")}'\n`)
    .join('')

const textOf = (value: string | number | boolean): string =>
  value === true ? 'on' : value === false ? 'off' : String(value)

/** The text of `pg_hba.conf`: a password from this machine, nothing else. */
export const accessFile = 'host all all 127.0.0.1/32 scram-sha-256\n'
