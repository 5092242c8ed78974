import { type Command, InputError } from '../command.ts'
import { buildApp, distFolder, webApps } from '../front-door/built.ts'
import { startDoors } from '../front-door/door-processes.ts'
import { doorPorts } from '../platform/addresses.ts'
import { unlessInterrupted } from '../platform/interruption.ts'
import type { ServiceUrls } from '../platform/services.ts'
import { type Entrance, runPlatform, say } from './running.ts'

export const command: Command = {
  usage: 'start',
  summary:
    'データベース、3つのサービス、画面を動かします。最初は試し用の事業も作ります / Starts the platform, with demo data.',
  async run(args) {
    if (args.length > 0) throw new InputError(`${args[0]}: ?`)
    // The pages are built while the database and the services start.
    const building = new AbortController()
    const { signal } = building
    const built = Promise.all(webApps.map((app) => buildApp(app, { say, signal })))
    built.catch(() => {})
    try {
      return await runPlatform('start', async (urls) => {
        await unlessInterrupted(built)
        return openBuilt(urls)
      })
    } finally {
      building.abort()
    }
  },
}

function openBuilt(urls: ServiceUrls): Promise<Entrance> {
  const { resident, shop, staff } = doorPorts()
  return startDoors({
    urls,
    doors: [
      { name: 'resident', port: resident, pages: distFolder('resident-web') },
      { name: 'shop', port: shop, pages: distFolder('shop-web') },
      { name: 'staff', port: staff, pages: null },
    ],
    logFolder: 'logs',
  })
}
