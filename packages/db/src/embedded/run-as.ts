import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The operating system's user whom the database server runs as; undefined: the one who asks. */
export type RunAs = Readonly<{ uid: number; gid: number }> | undefined

/**
 * Whom the server runs as. PostgreSQL refuses to run as root, so root hands it to another user:
 * the owner of the folder if it belongs to one already, else `postgres`, else `nobody`.
 */
export async function chooseUser(folder: string): Promise<RunAs> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(folder).catch(() => undefined)
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const user = (await userNamed('postgres')) ?? (await userNamed('nobody'))
  if (user === undefined)
    throw new Error('PostgreSQL does not run as root, and there is no user `postgres` or `nobody`')
  return user
}

async function userNamed(name: string): Promise<RunAs> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined
  }
}

/**
 * Checks that the user can run the server's programs and write into the folder.
 *
 * Throws naming the folder that shuts the user out, and what to do about it.
 */
export async function assertReachable(
  user: RunAs,
  { program, folder }: Readonly<{ program: string; folder: string }>,
): Promise<void> {
  if (user === undefined) return
  try {
    await run('/bin/sh', ['-c', 'test -x "$1" && test -w "$2"', 'sh', program, folder], {
      ...user,
      cwd: '/',
    })
  } catch {
    const shut = (await shutFolder(user, program)) ?? (await shutFolder(user, folder)) ?? folder
    throw new Error(
      `root cannot run PostgreSQL itself, and user ${user.uid} is not let into ${shut}.` +
        ' Move the project to a place that everyone can enter (such as /srv or /opt),' +
        ` open this folder (chmod o+x ${shut}), run as an ordinary user,` +
        ' or set DATABASE_URL to a PostgreSQL >= 16.',
    )
  }
}

/** The first folder on the way to a path that the user may not enter, from the outside in. */
async function shutFolder(
  user: Exclude<RunAs, undefined>,
  path: string,
): Promise<string | undefined> {
  const folders: string[] = []
  for (let at = dirname(path); at !== dirname(at); at = dirname(at)) folders.unshift(at)
  for (const folder of folders) {
    const { mode, uid, gid } = await stat(folder)
    const entering = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & entering) === 0) return folder
  }
  return undefined
}
