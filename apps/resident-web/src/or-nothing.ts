import type { ComponentType } from 'react'

/** A part that a screen can do without: where it cannot be loaded, nothing stands in its place. */
export const orNothing = (
  part: Promise<ComponentType>,
): Promise<Readonly<{ default: ComponentType }>> =>
  part.then(
    (loaded) => ({ default: loaded }),
    () => ({ default: () => null }),
  )
