import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import type { Seen } from './frame-loop.ts'

/** The page's question: what does the picture of this number say? */
export type Frame = Readonly<{ picture: number; bitmap: ImageBitmap }>

/** Enough for a code at arm's length; more pixels only take longer. */
const LONG_SIDE_MAX = 960

// The wasm of this very version, from our own origin: the library would fetch it from elsewhere.
void prepareZXingModule({
  overrides: { locateFile: () => wasmUrl },
  fireImmediately: true,
})

const canvas = new OffscreenCanvas(1, 1)
const context = canvas.getContext('2d', { willReadFrequently: true })

addEventListener('message', ({ data }: MessageEvent<Frame>) => {
  const answer = (text: string | null) =>
    postMessage({ picture: data.picture, text } satisfies Seen)
  void read(data.bitmap).then(answer, () => answer(null))
})

async function read(bitmap: ImageBitmap): Promise<string | null> {
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
