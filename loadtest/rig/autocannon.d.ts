/** The part of autocannon that is used here; it brings no types of its own. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events'

  type Outgoing = Record<string, unknown>

  function autocannon(options: {
    url: string
    connections: number
    amount: number
    timeout: number
    requests: {
      method: string
      path: string
      setupRequest: (request: Outgoing, context: Record<string, unknown>) => Outgoing
      onResponse: (status: number, body: string, context: Record<string, unknown>) => void
    }[]
  }): EventEmitter & PromiseLike<unknown>

  export = autocannon
}
