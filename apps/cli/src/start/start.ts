import { readyPage } from './page.ts'
import { type Command, InputError, print } from '../command.ts'
import { openDatabase } from '../platform/database.ts'
import { type Services, startServices } from '../platform/services.ts'
import { readAccounts } from './accounts.ts'
import { seed } from './seed.ts'

const ports = {
  purchase: Number(process.env['MINNAKEN_PORT_PURCHASE'] ?? '8080'),
  redemption: Number(process.env['MINNAKEN_PORT_REDEMPTION'] ?? '8081'),
  settlement: Number(process.env['MINNAKEN_PORT_SETTLEMENT'] ?? '8082'),
}

export const command: Command = {
  usage: 'start',
  summary:
    'データベースと3つのサービスを動かします。最初は試し用の事業も作ります / Starts the platform, with demo data.',
  async run(args) {
    if (args.length > 0) throw new InputError(`${args[0]}: ?`)
    const stopped = signalled()
    say('PostgreSQL を動かしています / starting PostgreSQL')
    const database = await openDatabase()
    const accounts = (await readAccounts()) ?? (await seed(database, say))
    say('サービスを動かしています / starting the services')
    const services = await startServices({ urlFor: database.urlFor, ports, logFolder: 'logs' })
    await print(readyPage({ urls: services.urls, database, accounts }))
    const end = await Promise.race([stopped, services.ended])
    if (end !== 'signal') await print(`${end.name} が止まりました (exit ${end.code})\n`)
    await stopAll(services, database)
    return end === 'signal' ? 0 : 3
  },
}

const say = (line: string): void => {
  process.stderr.write(`… ${line}\n`)
}

/** Resolves at the first Ctrl+C or SIGTERM. */
const signalled = (): Promise<'signal'> =>
  new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve('signal'))
  })

async function stopAll(
  services: Services,
  database: Readonly<{ isOurs: boolean; stopServer: () => Promise<void> }>,
): Promise<void> {
  await print('止めています / stopping\n')
  await services.stop()
  if (database.isOurs) await database.stopServer()
}
