import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testDatabase } from '@minnaken/db/testing'
import { makeBuckets } from '@minnaken/ledger'
import { checkBooks } from '../rig/books.ts'
import type { Entry } from '../rig/journal.ts'
import { startService } from '../rig/process.ts'
import { type PlatformValues, makeRig, platformFlags } from '../rig/rig.ts'
import { readFlags } from '../rig/scenario.ts'
import { seed } from '../rig/seed.ts'

const SMALL = { wallets: 40, shops: 20, tills: 20, unitsEach: 2, keyPairs: 3 }

/** A rig as the command makes it, small, on the tests' PostgreSQL. */
export async function setRig(history = 0) {
  const database = await testDatabase()
  await makeBuckets(database.owner, 2)
  const folder = await mkdtemp(join(tmpdir(), 'minnaken-rig-'))
  const { ownerUrl } = database
  const seeded = await seed(ownerUrl, { ...SMALL, history })
  const values: PlatformValues = readFlags(platformFlags, [])
  const services: Awaited<ReturnType<typeof startService>>[] = []
  const rig = makeRig({
    folder,
    values,
    say: () => {},
    // Its CPU is not what these tests are about.
    platform: { ownerUrl, urlFor: database.urlFor, postgresPid: process.pid },
    seeded,
    services,
  })
  return {
    rig,
    seeded,
    database,
    books: (entries: readonly Entry[]) => checkBooks({ ownerUrl, seeded, entries }),
    drop: async () => {
      await Promise.allSettled(services.map((service) => service.stop()))
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
