import { readFile } from 'node:fs/promises'

/** 0 as wished · 1 the answer is no · 2 wrong usage or unreadable input · 3 the platform failed. */
export type ExitCode = 0 | 1 | 2 | 3

export type Command = Readonly<{
  /** What comes after `minnaken`, for example `draw allocate FILE [--json]`. */
  usage: string
  /** One line, Japanese first. */
  summary: string
  run: (args: readonly string[]) => Promise<ExitCode>
}>

/** The input or the way of asking is wrong; the message names the path in the input. Ends with exit code 2. */
export class InputError extends Error {}

/** The platform cannot be reached, or is not as it must be; the message says what to do. Ends with exit code 3. */
export class PlatformError extends Error {}

/** Somebody pressed Ctrl+C, or the machine is shut down. Ends with exit code 3. */
export class Interrupted extends PlatformError {
  constructor() {
    super('中断しました / interrupted')
  }
}

/** The whole of a file, or of standard input for `-`. Throws InputError when it cannot be read. */
export async function readInput(file: string): Promise<Buffer> {
  try {
    if (file !== '-') return await readFile(file)
    const chunks: Buffer[] = []
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk))
    return Buffer.concat(chunks)
  } catch (error) {
    throw new InputError(`${file}: 読めません / cannot be read (${(error as Error).message})`)
  }
}

/** Writes to standard output and waits until it is taken, so that a pipe gets all of it. */
export const print = (chunk: string | Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(chunk, (error) => (error ? reject(error) : resolve()))
  })

export const printJson = (value: unknown): Promise<void> => print(`${JSON.stringify(value)}\n`)
