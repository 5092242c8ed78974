import { Pool, type PoolClient } from 'pg'

/** How long a caller waited for a connection, and whether there was none at the end of it. */
export type PoolWait = Readonly<{ ms: number; isInVain: boolean }>

type OnClient = Extract<Parameters<Pool['connect']>, [unknown]>[0]

/** A pool that tells how long callers wait for a connection. */
export class TimedPool extends Pool {
  onWait: ((wait: PoolWait) => void) | null = null

  override connect(): Promise<PoolClient>
  override connect(callback: OnClient): void
  override connect(callback?: OnClient): Promise<PoolClient> | void {
    return callback === undefined ? this.#connect() : super.connect(callback)
  }

  async #connect(): Promise<PoolClient> {
    const askedMs = performance.now()
    let isInVain = true
    try {
      const client = await super.connect()
      isInVain = false
      return client
    } finally {
      this.onWait?.({ ms: performance.now() - askedMs, isInVain })
    }
  }
}
