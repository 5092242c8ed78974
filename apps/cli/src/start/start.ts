import { type Command, InputError } from '../command.ts'
import { buildApp, distFolder, webApps } from '../front-door/built.ts'
import { openDoors } from '../front-door/front-door.ts'
import { readPages } from '../front-door/pages.ts'
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

async function openBuilt(urls: ServiceUrls): Promise<Entrance> {
  const { resident, shop, staff } = doorPorts()
  return openDoors({
    urls,
    doors: [
      { port: resident, pages: await readPages(distFolder('resident-web')) },
      { port: shop, pages: await readPages(distFolder('shop-web')) },
      { port: staff, pages: new Map() },
    ],
  })
}
