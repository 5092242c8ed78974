import { type Command, InputError } from '../command.ts'
import { serveSources } from '../front-door/built.ts'
import { startDoors } from '../front-door/door-processes.ts'
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
      const doors = [{ name: 'staff', port: staff, pages: null }] as const
      const door = await startDoors({ urls, doors, logFolder: 'logs' })
      const api = `http://127.0.0.1:${staff}`
      const servers = [
        serveSources('resident-web', { port: resident, api }),
        serveSources('shop-web', { port: shop, api }),
      ]
      return {
        ended: door.ended,
        stop: async () => {
          for (const server of servers) server.kill()
          await door.stop()
        },
      }
    })
  },
}
