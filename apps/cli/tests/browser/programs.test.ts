import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ProgramsMissing, findPrograms } from './_programs.ts'

describe('the programs that a browser test needs', () => {
  let folder = ''
  const put = async (name: string) => {
    await writeFile(join(folder, name), '#!/bin/sh\n')
    await chmod(join(folder, name), 0o755)
    return join(folder, name)
  }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minnaken-programs-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  const missing = async (env: NodeJS.ProcessEnv) => {
    const found = await findPrograms(env)
    return found instanceof ProgramsMissing ? found.message : null
  }

  test('are asked for by name where they are not, and found on the PATH where they are', async () => {
    const nowhere = await missing({ PATH: folder })
    expect(nowhere).toContain('chromium, ffmpeg, pdftoppm')
    expect(nowhere).toContain('apt-get install chromium ffmpeg poppler-utils')
    const ffmpeg = await put('ffmpeg')
    const pdftoppm = await put('pdftoppm')
    expect(await missing({ PATH: folder })).toContain('need chromium\n')
    const chromium = await put('google-chrome')
    expect(await findPrograms({ PATH: folder })).toEqual({ chromium, ffmpeg, pdftoppm })
  })

  test('are those that MINNAKEN_CHROMIUM names, and none when there is nothing', async () => {
    const own = await put('own-browser')
    const env = { PATH: folder, MINNAKEN_CHROMIUM: own }
    expect(await findPrograms(env)).toMatchObject({ chromium: own })
    expect(await missing({ ...env, MINNAKEN_CHROMIUM: join(folder, 'none') })).toContain(
      'need chromium',
    )
  })
})
