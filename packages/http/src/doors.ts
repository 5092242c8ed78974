import { createServer, type AddressInfo, type Server } from 'node:net'

/** The doors of one service: all on one port. */
export type Doors = Readonly<{
  port: number
  /** Nobody new is let in from now on; resolves when the last of those inside has gone. */
  close: () => Promise<void>
}>

const DOORS = 16

/**
 * Callers that wait outside a door while the process is busy for a moment. Of more than these the
 * system drops the first packet, and they try again after a second, three and seven. It may allow fewer.
 */
const BACKLOG = 4_096

/**
 * Opens a server to its callers. Port 0 takes any free one; one that is taken is an error.
 *
 * Node lets in one caller through a door each time around its loop (libuv 1.52). In a rush one time
 * around answers hundreds who are inside, some tenths of a second for all of them: whoever came anew
 * then waited for up to 20 s outside while others were answered in 0.1. So there are 16 doors where the
 * system can have several to one port, which is Linux.
 */
export async function openDoors(
  server: Server,
  { port, host }: Readonly<{ port: number; host: string }>,
): Promise<Doors> {
  if (process.platform !== 'linux') {
    await listen(server, { port, host })
    return { port: portOf(server), close: () => close(server) }
  }
  const name = port === 0 ? null : await takeName({ port, host })
  try {
    return await openSeveral(server, { port, host, name })
  } catch (error) {
    if (name !== null) await close(name)
    throw error
  }
}

async function openSeveral(
  server: Server,
  { port, host, name }: Readonly<{ port: number; host: string; name: Server | null }>,
): Promise<Doors> {
  if (port !== 0) await tryOut({ port, host })
  await listen(server, { port, host, reusePort: true })
  const actual = portOf(server)
  const others = Array.from({ length: DOORS - 1 }, () =>
    // As node:http opens its own.
    createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
      server.emit('connection', socket),
    ),
  )
  await Promise.all(others.map((door) => listen(door, { port: actual, host, reusePort: true })))
  return {
    port: actual,
    close: async () => {
      await Promise.all([server, ...others, ...(name === null ? [] : [name])].map(close))
    },
  }
}

/**
 * With several doors to a port the system no longer says that another process has it. Trying the
 * port out tells, unless both start together: so whoever opens one has its name as well, which only
 * one process can have (unix(7), abstract). Throws EADDRINUSE when another has it.
 */
async function takeName({ port, host }: Readonly<{ port: number; host: string }>): Promise<Server> {
  const name = createServer()
  await listen(name, { path: `\0minnaken ${host}:${port}` })
  return name
}

async function tryOut(at: Readonly<{ port: number; host: string }>): Promise<void> {
  const door = createServer()
  await listen(door, at)
  await close(door)
}

const listen = (
  server: Server,
  at: Readonly<{ port: number; host: string; reusePort?: boolean } | { path: string }>,
): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ ...at, backlog: BACKLOG }, () => {
      server.off('error', reject)
      resolve()
    })
  })

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => server.close(() => resolve()))

const portOf = (server: Server): number => (server.address() as AddressInfo).port
