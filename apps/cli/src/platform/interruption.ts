import { onEndAsked } from '@minnaken/http'
import { Interrupted } from '../command.ts'

const asked = Promise.withResolvers<void>()

/** Resolves when this command is asked to end, if it listens. */
export const endAsked: Promise<void> = asked.promise

/** From here on Ctrl+C lets the command clean up; once more, a second later, ends it at once. */
export const listenForEnd = (): void =>
  onEndAsked({ first: asked.resolve, again: () => process.exit(3) })

/** Waits for the work, or throws Interrupted as soon as the command is asked to end. */
export const unlessInterrupted = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    endAsked.then((): never => {
      throw new Interrupted()
    }),
  ])
