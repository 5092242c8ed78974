/** The worker's answer to the picture of that number. */
export type Seen = Readonly<{
  picture: number
  /** What it says; null for nothing. */
  text: string | null
  /** Nobody could read it: the program is not there, or has broken. */
  hasFailed?: true
}>

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

/** Who hears what a loop sees. */
export type Watcher = Readonly<{
  /** What each picture says, null for nothing. */
  onSeen: (text: string | null) => void
  /** Whether nobody reads: true once that lasts, false as soon as one picture is read again. */
  onTrouble: (isTrouble: boolean) => void
}>

/** A program that failed is given so long before it is tried again. */
const REST_MS = 2_000
/** So many failures in a row are told; a single one may pass. */
const FAILURES_TOLD = 2
/** Whoever waits so long for an answer is told; it may still come, over a slow network. */
const SILENCE_MS = 10_000

/** Numbers go on from one loop to the next, because they share a worker. */
let taken = 0

/**
 * Has one picture after the other read until it is stopped; answers how.
 *
 * Only the answer to the picture that was asked about counts: one that comes late, to a picture of
 * a loop before this one, would make a code that is long gone the next customer's. Where nobody
 * can read, that is told, and tried again every few seconds.
 */
export function followPictures<Picture>(
  { take, read, drop, hear, soon }: Eyes<Picture>,
  { onSeen, onTrouble }: Watcher,
): () => void {
  let isStopped = false
  let asked: number | null = null
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
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
    timer = setTimeout(() => onTrouble(true), SILENCE_MS)
    read(picture, asked)
  }
  const next = () => {
    if (!isStopped) void look()
  }
  const stopHearing = hear(({ picture, text, hasFailed }) => {
    if (picture !== asked) return
    asked = null
    clearTimeout(timer)
    failures = hasFailed === true ? failures + 1 : 0
    if (failures === 0 || failures >= FAILURES_TOLD) onTrouble(failures > 0)
    if (failures > 0) {
      timer = setTimeout(next, REST_MS)
      return
    }
    onSeen(text)
    soon(next)
  })
  next()
  return () => {
    isStopped = true
    clearTimeout(timer)
    stopHearing()
  }
}
