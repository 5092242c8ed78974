import { randomBytes } from 'node:crypto'
import { createInvite } from '@minnaken/auth'
import type { Instant } from '@minnaken/domain'
import { inventedFederation, writeFederation } from '@minnaken/settlement/federation'
import { type Person, newPerson } from '../people/people.ts'
import { type Origins, localOrigins } from './addresses.ts'
import { type Database, withOwner } from './database.ts'
import { type ServiceUrls, startServices } from './services.ts'

/** The platform on any free ports with a clock that is moved: for the first filling and the demo. */
export type Simulated = Readonly<{
  urls: ServiceUrls
  origins: Origins
  /** The simulated moment. */
  now: () => Instant
  travelTo: (moment: Instant) => Promise<void>
  /** A member of staff who answered an invitation with a passkey. */
  hire: (role: 'clerk' | 'approver' | 'auditor') => Promise<Person>
}>

/** Lends a simulated platform of the invented federation for the time of the work. */
export async function withSimulated<T>(
  database: Database,
  { madeBy, logFolder }: Readonly<{ madeBy: string; logFolder: string }>,
  work: (platform: Simulated) => Promise<T>,
): Promise<T> {
  await withOwner(database.ownerUrl, (db) => writeFederation(db, inventedFederation))
  const services = await startServices({
    urlFor: database.urlFor,
    ports: { purchase: 0, redemption: 0, settlement: 0 },
    isClockMoved: true,
    logFolder,
  })
  const { urls } = services
  const origins = localOrigins()
  let offsetMs = 0
  const now = () => Date.now() + offsetMs
  try {
    return await work({
      urls,
      origins,
      now,
      travelTo: async (moment) => {
        offsetMs = moment - Date.now()
        await services.moveClock(offsetMs)
      },
      hire: async (role) => {
        const { token } = await withOwner(database.ownerUrl, (db) =>
          createInvite(db, { now, randomBytes }, { role, madeBy }),
        )
        return newPerson('staff', { urls, origins, invite: token })
      },
    })
  } finally {
    await services.stop()
  }
}
