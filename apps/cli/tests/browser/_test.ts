import { afterAll, beforeAll, test as plain } from 'vitest'
import { type Phone, type PhoneOptions, openPhone, stopDevices } from './_phone.ts'
import { ProgramsMissing, findPrograms, isCi, type Programs } from './_programs.ts'
import { stage } from './_stage.ts'

export { expect } from 'vitest'

const found = await findPrograms()

type Fixtures = Readonly<{
  programs: Programs
  /** Lends a device until the end of the test, which fails when anything was wrong on it. */
  phone: (options: PhoneOptions) => Promise<Phone>
}>

/** A test in real browsers. Without them it is skipped on a person's machine, and fails in CI. */
export const test = plain.extend<Fixtures>({
  programs: async ({ skip }, use) => {
    if (found instanceof ProgramsMissing) {
      if (isCi) throw found
      skip(found.message)
    } else await use(found)
  },
  phone: async ({ programs, task }, use) => {
    const lent: Phone[] = []
    await use(async (options) => {
      const phone = await openPhone(programs, options)
      lent.push(phone)
      return phone
    })
    const hasFailed = task.result?.state === 'fail'
    const name = task.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)
    for (const [at, { screen }] of lent.entries())
      if (hasFailed) await screen(`failed-${name}-${at + 1}`).catch(() => {})
    for (const { close } of lent) await close()
    const faults = lent.flatMap((it) => it.faults)
    if (faults.length > 0) throw new Error(faults.join('\n'))
  },
})

/** The first file waits here for the apps to be built and the services to start. */
const OPENING_MS = 240_000

beforeAll(async () => {
  if (!(found instanceof ProgramsMissing)) await stage('begin')
}, OPENING_MS)

afterAll(stopDevices)
