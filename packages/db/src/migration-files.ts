import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** One migration as it lies in the folder. */
export type MigrationFile = Readonly<{ name: string; sql: string; sha256: string }>

export const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url))

/** The migrations of a folder in their order. Throws when a name does not say its place. */
export async function readMigrations(folder = migrationsFolder): Promise<MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).toSorted()
  const places = new Set<string>()
  const files: MigrationFile[] = []
  for (const name of names) {
    if (!/^\d{4}_[a-z][a-z0-9-]*\.sql$/.test(name))
      throw new Error(`migrations/${name} is not named NNNN_noun.sql`)
    if (places.has(name.slice(0, 4))) throw new Error(`two migrations are ${name.slice(0, 4)}`)
    places.add(name.slice(0, 4))
    const sql = await readFile(join(folder, name), 'utf8')
    files.push({ name, sql, sha256: sha256Of(sql) })
  }
  return files
}

const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex')

/** One digest over all that is run: the same digest gives the same schema. */
export const digestOf = (files: readonly MigrationFile[], partitions: number): string =>
  sha256Of(files.map(({ name, sql }) => `-- ${name}\n${statementsOf(sql, partitions)}`).join('\n'))

/** What is run for a file: its text, or with its sharded tables split when there are partitions. */
export const statementsOf = (sql: string, partitions: number): string =>
  partitions > 0 ? partitioned(sql, partitions) : sql

const CREATE = /^create table ([a-z_]+\.[a-z_]+) \($/
const SHARDED = /^\); -- sharded$/
const STORAGE = /^alter table ([a-z_]+\.[a-z_]+) (.*;) -- storage$/

/**
 * The same migration with its sharded tables split by hash of `bucket`.
 *
 * A table that ends in `); -- sharded` is split; `alter table … ; -- storage` goes to every part,
 * because PostgreSQL keeps such settings per part.
 */
function partitioned(sql: string, partitions: number): string {
  let table = ''
  const partsOf = (name: string): string[] =>
    Array.from({ length: partitions }, (_, part) => `${name}_p${part}`)
  const lines = sql.split('\n').map((line) => {
    table = CREATE.exec(line)?.[1] ?? table
    if (SHARDED.test(line)) {
      const parts = partsOf(table).map(
        (part, remainder) =>
          `create table ${part} partition of ${table}` +
          ` for values with (modulus ${partitions}, remainder ${remainder});`,
      )
      return [') partition by hash (bucket);', ...parts].join('\n')
    }
    const [, name, change] = STORAGE.exec(line) ?? []
    if (name === undefined) return line
    return partsOf(name)
      .map((part) => `alter table ${part} ${change}`)
      .join('\n')
  })
  return lines.join('\n')
}
