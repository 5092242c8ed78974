import { type Seen, type Watcher, followPictures } from './frame-loop.ts'
import type { Frame } from './scan-worker.ts'

/** The worker stays: its program of a megabyte is there before the second customer is. */
let worker: Worker | undefined
const listeners = new Set<(seen: Seen) => void>()
/** Pictures that it was given and has not answered. */
const unread = new Set<number>()

/** Starts loading the scanner, so that it is there when the camera is. */
export function warmReader(): Worker {
  worker ??= startWorker()
  return worker
}

function startWorker(): Worker {
  const started = new Worker(new URL('./scan-worker.ts', import.meta.url), {
    type: 'module',
    name: 'scan',
  })
  started.addEventListener('message', ({ data }: MessageEvent<Seen>) => tell(data))
  // One that could not be loaded answers nothing, ever.
  started.addEventListener('error', dropReader)
  return started
}

/** Gives a worker up that is of no use; the next picture starts another. */
export function dropReader(): void {
  worker?.terminate()
  worker = undefined
  for (const picture of unread) tell({ picture, text: null, hasFailed: true })
}

function tell(seen: Seen): void {
  unread.delete(seen.picture)
  for (const hear of listeners) hear(seen)
}

/**
 * Reads codes out of a video, one picture at a time and off the page's own thread, until it is
 * stopped; answers how.
 */
export function readCodes(video: HTMLVideoElement, watcher: Watcher): () => void {
  warmReader()
  return followPictures<ImageBitmap>(
    {
      take: async () =>
        video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0
          ? null
          : createImageBitmap(video),
      read: (bitmap, picture) => {
        unread.add(picture)
        warmReader().postMessage({ picture, bitmap } satisfies Frame, [bitmap])
      },
      drop: (bitmap) => bitmap.close(),
      hear: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      soon: (then) => requestAnimationFrame(then),
    },
    watcher,
  )
}
