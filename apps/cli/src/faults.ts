import type { FileFault } from '@minnaken/domain'
import { InputError } from './command.ts'

/** Ends a command because of its input: one line per fault, each with its path. */
export function refuseFaults(file: string, faults: readonly FileFault[]): never {
  const lines = faults.map(({ path, ja, en }) => `${path === '' ? file : path}: ${ja} / ${en}`)
  throw new InputError(lines.join('\n'))
}
