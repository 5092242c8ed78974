import { IncomingMessage } from 'node:http'
import type { Context } from 'hono'

/** Those who found too many waiting outside. */
export const noRoomFor = new WeakSet<IncomingMessage>()

/** The request as Node heard it, when it came by a socket. */
export function incomingOf({ env }: Context): IncomingMessage | undefined {
  const incoming: unknown = Reflect.get(Object(env), 'incoming')
  return incoming instanceof IncomingMessage ? incoming : undefined
}

export function isTurnedAway(c: Context): boolean {
  const incoming = incomingOf(c)
  return incoming !== undefined && noRoomFor.has(incoming)
}
