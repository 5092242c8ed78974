import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { stopEmbedded } from '@minnaken/db'
import { type Command, InputError, print } from './command.ts'
import { dataFolder } from './platform/data-folder.ts'
import { withoutUsers } from './platform/users.ts'

/** What the platform keeps; the tests' own database stays. */
const kept = ['postgres', 'accounts.json', 'secret', 'demo', 'logs']

export const command: Command = {
  usage: 'reset [--yes]',
  summary:
    '.data の中身(データベース・鍵・デモ)を消します。先に確認します / Deletes the data, after asking.',
  async run(args) {
    if (args.some((arg) => arg !== '--yes')) throw new InputError(`${args[0]}: ?`)
    if ((process.env['DATABASE_URL'] ?? '') !== '')
      throw new InputError(
        'DATABASE_URL: この PostgreSQL の中身は消しません。DATABASE_URL を外すか、データベースを直接消してください / that database is not ours to delete',
      )
    if (!args.includes('--yes') && !(await isWished())) {
      await print('何も消していません / nothing was deleted\n')
      return 1
    }
    await withoutUsers(async () => {
      await stopEmbedded(join(dataFolder, 'postgres'))
      for (const name of kept) await rm(join(dataFolder, name), { recursive: true, force: true })
    })
    await print('消しました。npm start で作り直せます / deleted\n')
    return 0
  },
}

async function isWished(): Promise<boolean> {
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  const question = `${dataFolder} のデータベースと鍵をすべて消します。元に戻せません。消しますか? [y/N] `
  const answer = await Promise.race([
    asking.question(question),
    new Promise<string>((resolve) => asking.once('close', () => resolve(''))),
  ])
  asking.close()
  return /^y(es)?$/i.test(answer.trim())
}
