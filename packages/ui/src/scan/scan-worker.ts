import { prepareZXingModule, purgeZXingModule, readBarcodes } from 'zxing-wasm/reader'
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import type { Seen } from './frame-loop.ts'

/** The page's question: what does the picture of this number say? */
export type Frame = Readonly<{ picture: number; bitmap: ImageBitmap }>

/** Enough for a code at arm's length; more pixels only take longer. */
const LONG_SIDE_MAX = 960

let preparing: Promise<unknown> | undefined

/** Loads the program once; what could not be loaded is loaded anew by the next picture. */
function prepare(): Promise<unknown> {
  preparing ??= load()
  return preparing
}

/** The program of this very version, from our own origin: the library would fetch it from elsewhere. */
async function load(): Promise<void> {
  const response = await fetch(wasmUrl)
  if (!response.ok) throw new Error(`the program of the scanner: ${response.status}`)
  keepProgram(response.clone()).catch(() => {})
  const wasmBinary = await response.arrayBuffer()
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
}

/**
 * Keeps the program from its first use on, also where no service worker saw it come: the next
 * customer may be there without a network.
 */
async function keepProgram(program: Response): Promise<void> {
  const cache = await caches.open('scanner')
  const kept = await cache.keys()
  if (kept.some(({ url }) => url.endsWith(wasmUrl))) return
  await cache.put(wasmUrl, program)
  for (const old of kept) await cache.delete(old)
}

/** A library that failed remembers that for ever, unless it is told to forget. */
function startAnew(): void {
  preparing = undefined
  purgeZXingModule()
}

prepare().catch(startAnew)

const canvas = new OffscreenCanvas(1, 1)
const context = canvas.getContext('2d', { willReadFrequently: true })

const answer = (seen: Seen) => postMessage(seen)

addEventListener('message', ({ data: { picture, bitmap } }: MessageEvent<Frame>) => {
  void read(bitmap).then(
    (text) => answer({ picture, text }),
    () => {
      startAnew()
      answer({ picture, text: null, hasFailed: true })
    },
  )
})

async function read(bitmap: ImageBitmap): Promise<string | null> {
  await prepare()
  const scale = Math.min(1, LONG_SIDE_MAX / Math.max(bitmap.width, bitmap.height))
  const width = Math.round(bitmap.width * scale)
  const height = Math.round(bitmap.height * scale)
  if (context === null) return null
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width
    canvas.height = height
  }
  context.drawImage(bitmap, 0, 0, width, height)
  bitmap.close()
  const found = await readBarcodes(context.getImageData(0, 0, width, height), {
    formats: ['QRCode'],
    maxNumberOfSymbols: 1,
    tryHarder: true,
    tryInvert: true,
    tryRotate: false,
    tryDownscale: true,
  })
  return found[0]?.text ?? null
}
