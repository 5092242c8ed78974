import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** What a test in a real browser needs on the machine, besides what npm brings. */
export type Programs = Readonly<{ chromium: string; ffmpeg: string; pdftoppm: string }>

type Name = keyof Programs

const wellKnown: Readonly<Record<Name, readonly string[]>> = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
  ffmpeg: ['ffmpeg'],
  pdftoppm: ['pdftoppm'],
}

export const isCi = (process.env['CI'] ?? '') !== ''

/** Some of them are not there. On a person's machine the tests are skipped, in CI they fail. */
export class ProgramsMissing extends Error {
  constructor(missing: readonly Name[]) {
    super(
      [
        `画面のテストに ${missing.join('、')} がありません / the browser tests need ${missing.join(', ')}`,
        '  apt-get install chromium ffmpeg poppler-utils fonts-noto-cjk fonts-noto-color-emoji',
        '  brew install --cask chromium; brew install ffmpeg poppler',
        '  Chromium か Chrome の場所は MINNAKEN_CHROMIUM でも示せます / MINNAKEN_CHROMIUM=/path/to/chrome',
      ].join('\n'),
    )
  }
}

/** Finds the programs on the PATH; Chromium at MINNAKEN_CHROMIUM where that is set. */
export async function findPrograms(
  env: NodeJS.ProcessEnv = process.env,
): Promise<Programs | ProgramsMissing> {
  const given = env['MINNAKEN_CHROMIUM'] ?? ''
  const chromium = given === '' ? await onPath('chromium', env) : await executable(given)
  const ffmpeg = await onPath('ffmpeg', env)
  const pdftoppm = await onPath('pdftoppm', env)
  if (chromium !== null && ffmpeg !== null && pdftoppm !== null)
    return { chromium, ffmpeg, pdftoppm }
  const found = { chromium, ffmpeg, pdftoppm }
  const names: readonly Name[] = ['chromium', 'ffmpeg', 'pdftoppm']
  return new ProgramsMissing(names.filter((name) => found[name] === null))
}

async function onPath(name: Name, env: NodeJS.ProcessEnv): Promise<string | null> {
  for (const known of wellKnown[name])
    for (const folder of (env['PATH'] ?? '').split(delimiter)) {
      const found = await executable(join(folder, known))
      if (found !== null) return found
    }
  return null
}

const executable = (path: string): Promise<string | null> =>
  access(path, constants.X_OK).then(
    () => path,
    () => null,
  )
