import type { Frame, Seen } from './scan-worker.ts'

/** Reads codes out of a video: one frame at a time, off the page's own thread. */
export type Reader = Readonly<{ stop: () => void }>

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
 * Looks at the video until it is stopped. `onSeen` is told what each frame says, null for nothing.
 */
export function readCodes(video: HTMLVideoElement, onSeen: (text: string | null) => void): Reader {
  const scanner = warmReader()
  let isStopped = false
  const hear = ({ data }: MessageEvent<Seen>) => {
    if (isStopped) return
    onSeen(data.text)
    next()
  }
  const next = () => requestAnimationFrame(() => void send())
  const send = async () => {
    if (isStopped) return
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) {
      next()
      return
    }
    const bitmap = await createImageBitmap(video).catch(() => null)
    if (bitmap === null) next()
    else scanner.postMessage({ bitmap } satisfies Frame, [bitmap])
  }
  scanner.addEventListener('message', hear)
  void send()
  return {
    stop: () => {
      isStopped = true
      scanner.removeEventListener('message', hear)
    },
  }
}
