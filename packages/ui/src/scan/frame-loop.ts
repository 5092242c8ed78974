/** The worker's answer to the picture of that number. */
export type Seen = Readonly<{ picture: number; text: string | null }>

/** What a loop looks with; `Picture` is an ImageBitmap in a browser. */
export type Eyes<Picture> = Readonly<{
  /** What is before the camera now; null as long as there is nothing. */
  take: () => Promise<Picture | null>
  /** Has the picture read, and is told under its number what it says. */
  read: (picture: Picture, number: number) => void
  /** Lets go of a picture that nobody will read. */
  drop: (picture: Picture) => void
  /** Hears every answer, also to the pictures of others; answers how to stop hearing. */
  hear: (listener: (seen: Seen) => void) => () => void
  /** Calls when the next picture may be there. */
  soon: (then: () => void) => void
}>

/** Numbers go on from one loop to the next, because they share a worker. */
let taken = 0

/**
 * Has one picture after the other read until it is stopped; answers how. `onSeen` is told what each
 * says, null for nothing.
 *
 * Only the answer to the picture that was asked about counts: one that comes late, to a picture of
 * a loop before this one, would make a code that is long gone the next customer's.
 */
export function followPictures<Picture>(
  { take, read, drop, hear, soon }: Eyes<Picture>,
  onSeen: (text: string | null) => void,
): () => void {
  let isStopped = false
  let asked: number | null = null
  const look = async () => {
    const picture = await take().catch(() => null)
    if (isStopped) {
      if (picture !== null) drop(picture)
      return
    }
    if (picture === null) {
      soon(next)
      return
    }
    asked = ++taken
    read(picture, asked)
  }
  const next = () => {
    if (!isStopped) void look()
  }
  const stopHearing = hear(({ picture, text }) => {
    if (picture !== asked) return
    asked = null
    onSeen(text)
    soon(next)
  })
  next()
  return () => {
    isStopped = true
    stopHearing()
  }
}
