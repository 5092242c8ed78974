import { type Seen, followPictures } from './frame-loop.ts'
import type { Frame } from './scan-worker.ts'

/** The worker stays: its program of a megabyte is there before the second customer is. */
let worker: Worker | undefined

/** Starts loading the scanner, so that it is there when the camera is. */
export function warmReader(): Worker {
  worker ??= new Worker(new URL('./scan-worker.ts', import.meta.url), {
    type: 'module',
    name: 'scan',
  })
  return worker
}

/**
 * Reads codes out of a video, one picture at a time and off the page's own thread, until it is
 * stopped; answers how. `onSeen` is told what each picture says, null for nothing.
 */
export function readCodes(
  video: HTMLVideoElement,
  onSeen: (text: string | null) => void,
): () => void {
  const scanner = warmReader()
  return followPictures<ImageBitmap>(
    {
      take: async () =>
        video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0
          ? null
          : createImageBitmap(video),
      read: (bitmap, picture) => scanner.postMessage({ picture, bitmap } satisfies Frame, [bitmap]),
      drop: (bitmap) => bitmap.close(),
      hear: (listener) => {
        const hear = ({ data }: MessageEvent<Seen>) => listener(data)
        scanner.addEventListener('message', hear)
        return () => scanner.removeEventListener('message', hear)
      },
      soon: (then) => requestAnimationFrame(then),
    },
    onSeen,
  )
}
