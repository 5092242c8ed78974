import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { commitName } from '../rig/machine.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minnaken-version-'))
  await mkdir(join(folder, 'loadtest/results'), { recursive: true })
  for (const file of ['code.ts', 'loadtest/RESULTS.md', 'loadtest/results/peak.json'])
    await writeFile(join(folder, file), 'first')
  const git = (...args: string[]) => promisify(execFile)('git', args, { cwd: folder })
  await git('init', '-q')
  await git('add', '.')
  const author = ['-c', 'user.name=見本', '-c', 'user.email=mihon@example.invalid']
  await git(...author, 'commit', '-q', '-m', 'first')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a version is dirty when what was measured was changed, not when results were written', async () => {
  const clean = await commitName(folder)
  expect(clean).toMatch(/^[0-9a-f]{10}$/)
  await writeFile(join(folder, 'loadtest/results/peak.json'), 'second')
  await writeFile(join(folder, 'loadtest/RESULTS.md'), 'second')
  expect(await commitName(folder)).toBe(clean)
  await writeFile(join(folder, 'code.ts'), 'second')
  expect(await commitName(folder)).toBe(`${clean}-dirty`)
})

test('what is in no repository has no version', async () => {
  expect(await commitName('/')).toBe('unknown')
})
