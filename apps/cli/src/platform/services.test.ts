import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectFolder } from './data-folder.ts'
import { environmentOf, passedOn, serviceNames } from './services.ts'

const options = {
  urlFor: (role: string) => `postgres://${role}@127.0.0.1/x`,
  ports: { purchase: 1, redemption: 2, settlement: 3 },
  isClockMoved: true,
  admissionSecret: 'kept-for-the-next-start',
}

const sourcesIn = (folder: string): string[] =>
  readdirSync(join(projectFolder, folder), { recursive: true, withFileTypes: true })
    .filter(({ name }) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))

/** The names of settings in the code that a service is made of. */
const readBy = (service: string): Set<string> =>
  new Set(
    [`apps/${service}/src`, 'packages/http/src', 'packages/db/src']
      .flatMap(sourcesIn)
      .flatMap((text) => [...text.matchAll(/'(MINNAKEN_[A-Z_]+)'/g)].map(([, name = '']) => name)),
  )

test.each(serviceNames)('whatever %s reads is set for it, or passed on to it', (service) => {
  const everything = Object.fromEntries(Object.keys(passedOn).map((name) => [name, 'given']))
  const known = Object.keys(environmentOf(service, options, everything))
  expect([...readBy(service)].filter((name) => !known.includes(name))).toEqual([])
})

test('a setting reaches the services whose it is and no other; one that is empty is not set', () => {
  for (const [name, services] of Object.entries(passedOn))
    for (const service of serviceNames) {
      const before = environmentOf(service, options, {})
      const given = environmentOf(service, options, { [name]: 'given', MINNAKEN_OTHER: 'x' })
      expect([name, service, given[name]]).toEqual([
        name,
        service,
        services.includes(service) ? 'given' : before[name],
      ])
      expect(environmentOf(service, options, { [name]: '' })).toEqual(before)
      expect(given['MINNAKEN_OTHER']).toBeUndefined()
    }
})

test('the README names every setting that is passed on', () => {
  const readme = readFileSync(join(projectFolder, 'README.md'), 'utf8')
  expect(Object.keys(passedOn).filter((name) => !readme.includes(`\`${name}`))).toEqual([])
})
