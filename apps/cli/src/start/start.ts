import { type Command, InputError, print } from '../command.ts'
import { assertPortsFree, localPorts } from '../platform/addresses.ts'
import { withPreparedDatabase } from '../platform/database.ts'
import { endAsked, listenForEnd } from '../platform/interruption.ts'
import { startServices } from '../platform/services.ts'
import { readyPage } from './page.ts'
import { accountsOf } from './seed.ts'
import { campaignsToday } from './today.ts'

export const command: Command = {
  usage: 'start',
  summary:
    'データベースと3つのサービスを動かします。最初は試し用の事業も作ります / Starts the platform, with demo data.',
  async run(args) {
    if (args.length > 0) throw new InputError(`${args[0]}: ?`)
    listenForEnd()
    await assertPortsFree()
    say('PostgreSQL を動かしています / starting PostgreSQL')
    return withPreparedDatabase('start', async (database) => {
      const accounts = await accountsOf(database, say)
      say('サービスを動かしています / starting the services')
      const services = await startServices({
        urlFor: database.urlFor,
        ports: localPorts(),
        logFolder: 'logs',
      })
      try {
        const campaigns = await campaignsToday(services.urls.purchase, accounts.campaigns)
        await print(readyPage({ urls: services.urls, database, campaigns }))
        const end = await Promise.race([endAsked, services.ended])
        if (end !== undefined)
          await print(`${end.name} が止まりました / ended by itself (exit ${end.code})\n`)
        return end === undefined ? 0 : 3
      } finally {
        await print('止めています / stopping\n')
        await services.stop()
      }
    })
  },
}

const say = (line: string): void => {
  process.stderr.write(`… ${line}\n`)
}
