import { type Command, InputError } from '../command.ts'
import { serveSources } from '../front-door/built.ts'
import { openDoors } from '../front-door/front-door.ts'
import { doorPorts } from '../platform/addresses.ts'
import { runPlatform } from './running.ts'

export const command: Command = {
  usage: 'dev',
  summary:
    'start と同じですが、画面は書き換えるとすぐ変わります / Like start, with pages that follow their sources.',
  async run(args) {
    if (args.length > 0) throw new InputError(`${args[0]}: ?`)
    const { resident, shop, staff } = doorPorts()
    return runPlatform('start', async (urls) => {
      const door = await openDoors({ urls, doors: [{ port: staff, pages: new Map() }] })
      const api = `http://127.0.0.1:${staff}`
      const servers = [
        serveSources('resident-web', { port: resident, api }),
        serveSources('shop-web', { port: shop, api }),
      ]
      return {
        stop: async () => {
          for (const server of servers) server.kill()
          await door.stop()
        },
      }
    })
  },
}
