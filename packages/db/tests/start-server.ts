import { startEmbedded } from '../src/embedded.ts'

/** Starts a server on the folder named on the command line, tells about it, and is killed. */
const answer = await startEmbedded({ folder: process.argv[2] ?? '' }).then(
  ({ url, attached }) => ({ url, attached, error: '' }),
  (error: unknown) => ({ url: '', attached: false, error: String(error) }),
)
process.stdout.write(`${JSON.stringify(answer)}\n`, () => process.kill(process.pid, 'SIGKILL'))
