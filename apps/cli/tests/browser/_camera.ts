import { execFile } from 'node:child_process'
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Programs } from './_programs.ts'

const run = promisify(execFile)

/** What stands before a browser's camera. */
export type Camera = Readonly<{
  /** The file that Chromium films. */
  file: string
  /** Holds a picture (PNG or PGM) before the camera: a little askew, in bad light, until the next one. */
  sees: (picture: Uint8Array) => Promise<void>
  seesNothing: () => Promise<void>
}>

const WIDTH = 1_280
const HEIGHT = 720

/** As from a hand that is not steady, by a camera that is not good. */
const held = [
  `scale=${WIDTH}:${HEIGHT - 40}:force_original_aspect_ratio=decrease`,
  `pad=${WIDTH}:${HEIGHT}:(ow-iw)/2:(oh-ih)/2:gray`,
  'setsar=1',
  'rotate=0.04:fillcolor=gray',
  'noise=alls=6',
  'format=yuv420p',
].join(',')

/**
 * A camera that films a file. The file is written over in place and never shortened, so that a
 * browser that films it at the moment sees the new picture.
 */
export async function openCamera(
  { ffmpeg }: Pick<Programs, 'ffmpeg'>,
  file: string,
): Promise<Camera> {
  const film = async (input: readonly string[]) => {
    const folder = await mkdtemp(join(tmpdir(), 'minnaken-camera-'))
    const made = join(folder, 'made.y4m')
    await run(ffmpeg, [
      '-loglevel',
      'error',
      ...input,
      '-vf',
      held,
      '-r',
      '10',
      '-frames:v',
      '2',
      made,
    ])
    const bytes = await readFile(made)
    await rm(folder, { recursive: true })
    return bytes
  }
  const empty = await film(['-f', 'lavfi', '-i', 'color=c=gray:s=390x844'])
  await writeFile(file, empty)
  const show = async (bytes: Uint8Array) => {
    if (bytes.byteLength !== empty.byteLength) throw new Error('every film has the same length')
    const handle = await open(file, 'r+')
    await handle.write(bytes, 0, bytes.byteLength, 0)
    await handle.close()
  }
  return {
    file,
    sees: async (picture) => {
      const folder = await mkdtemp(join(tmpdir(), 'minnaken-picture-'))
      const isGrey = Buffer.from(picture.subarray(0, 2)).toString() === 'P5'
      const seen = join(folder, isGrey ? 'seen.pgm' : 'seen.png')
      await writeFile(seen, picture)
      await show(await film(['-loop', '1', '-i', seen]))
      await rm(folder, { recursive: true })
    },
    seesNothing: () => show(empty),
  }
}
