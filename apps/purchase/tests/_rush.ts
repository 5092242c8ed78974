import { setTimeout as sleep } from 'node:timers/promises'
import { newKey, origins, type Stage } from './_stage.ts'

/** A rush begins early, so that few people are enough for one. */
export const earlyRush = { inFlightMax: 16, perSecondMin: 40, perSecondMax: 400 } as const

export const from = { headers: { origin: origins.resident } }

export const many = <T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => make(n)))

type Rush = Readonly<{
  service: Stage['service']
  /** How often anything was asked of the database. */
  asked: () => number
  /** Those at work are done; whoever waits is called in time. */
  end: () => Promise<void>
}>

/** A rush that lasts until it is ended: as many are at work as can be, and are not answered. */
export async function inRush(
  stage: Stage,
  work: (stage: Stage, rush: Rush) => Promise<void>,
): Promise<void> {
  const held = Promise.withResolvers<null>()
  let asked = 0
  const service = stage.startService((deps) => ({
    ...deps,
    db: new Proxy(deps.db, {
      get: (db, name) => {
        asked += 1
        const member: unknown = Reflect.get(db, name, db)
        return typeof member === 'function' ? (member.bind(db) as unknown) : member
      },
    }),
    findCampaign: (wanted) => (wanted === 'HELD' ? held.promise : deps.findCampaign(wanted)),
  }))
  const people = await many(16, () => stage.account('resident'))
  const body = { method: 'slip', units: 1 }
  const line = 'POST /v1/campaigns/HELD/orders'
  const atWork = people.map((who) => stage.send(who, line, { body, key: newKey() }, service))
  // They are all at work once another one has to wait.
  for (;;) {
    const next = await stage.send(null, 'POST /v1/admission', from, service)
    if (next.body['state'] === 'waiting') break
    await sleep(5)
  }
  await sleep(50)
  const end = async () => {
    held.resolve(null)
    await Promise.all(atWork)
  }
  await work(stage, { service, asked: () => asked, end })
  await end()
}
