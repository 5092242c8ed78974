import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setup } from '../src/testing-setup.ts'
import { testDatabase } from '../src/testing.ts'
import { generateTables } from './tables.ts'

const src = fileURLToPath(new URL('../src', import.meta.url))

/** Writes the table types anew from the schema that the migrations make. */
async function write(): Promise<void> {
  const database = await testDatabase()
  try {
    const files = await generateTables(database.owner)
    await mkdir(join(src, 'tables'), { recursive: true })
    for (const name of await readdir(join(src, 'tables')))
      if (!files.has(`tables/${name}`)) await rm(join(src, 'tables', name))
    for (const [path, text] of files) await writeFile(join(src, path), text)
  } finally {
    await database.drop()
  }
}

const finish = await setup()
try {
  await write()
} finally {
  await finish()
}
