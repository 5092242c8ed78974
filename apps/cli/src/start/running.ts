import { type ExitCode, print } from '../command.ts'
import { assertPortsFree, localOrigins, localPorts } from '../platform/addresses.ts'
import { type Database, withPreparedDatabase } from '../platform/database.ts'
import { endAsked, listenForEnd } from '../platform/interruption.ts'
import type { Processes } from '../platform/processes.ts'
import { type ServiceUrls, startServices } from '../platform/services.ts'
import { readyPage } from './page.ts'
import { accountsOf } from './seed.ts'
import { campaignsToday } from './today.ts'

/** What people's browsers come in by; opened when the services listen. */
export type Entrance = Pick<Processes<string>, 'stop' | 'ended'>

/**
 * Runs the whole platform on this machine until it is asked to end: the database, the services, and
 * the entrance that `enter` opens in front of them.
 */
export async function runPlatform(
  what: string,
  enter: (urls: ServiceUrls) => Promise<Entrance>,
): Promise<ExitCode> {
  listenForEnd()
  await assertPortsFree()
  say('PostgreSQL を動かしています / starting PostgreSQL')
  return withPreparedDatabase(what, async (database: Database) => {
    const accounts = await accountsOf(database, say)
    say('サービスを動かしています / starting the services')
    const services = await startServices({
      urlFor: database.urlFor,
      ports: localPorts(),
      logFolder: 'logs',
    })
    let entrance: Entrance | undefined
    try {
      entrance = await enter(services.urls)
      const campaigns = await campaignsToday(services.urls, accounts.campaigns)
      await print(readyPage({ urls: services.urls, origins: localOrigins(), database, campaigns }))
      const end = await Promise.race([endAsked, services.ended, entrance.ended])
      if (end !== undefined)
        await print(`${end.name} が止まりました / ended by itself (exit ${end.code})\n`)
      return end === undefined ? 0 : 3
    } finally {
      await print('止めています / stopping\n')
      await entrance?.stop()
      await services.stop()
    }
  })
}

export const say = (line: string): void => {
  process.stderr.write(`… ${line}\n`)
}
