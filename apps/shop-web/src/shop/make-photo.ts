import { barePhoto, photoLimits, readPhoto } from '@minnaken/domain'

/** Enough for every screen that it is shown on. */
const LONG_SIDE_PX = 960
/** The first that makes it small enough is taken. */
const QUALITIES = [0.8, 0.65, 0.5, 0.35]

export type MadePhoto =
  | Readonly<{ kind: 'made'; jpeg: Blob }>
  | Readonly<{ kind: 'unreadable' }>
  /** Too small to be recognized, or so narrow that nothing of it would be seen. */
  | Readonly<{ kind: 'too_small' }>

/**
 * Makes what customers are shown out of any picture that this browser can draw: upright, small, and
 * without what the camera wrote beside it. Some browsers write such things themselves, so these are
 * left out once more.
 */
export async function makePhoto(picture: Blob): Promise<MadePhoto> {
  const bitmap = await createImageBitmap(picture).catch(() => null)
  if (bitmap === null) return { kind: 'unreadable' }
  const canvas = document.createElement('canvas')
  const drawn = draw(bitmap, canvas)
  bitmap.close()
  if (!drawn) return { kind: 'unreadable' }
  for (const quality of QUALITIES) {
    const bytes = await encode(canvas, quality)
    if (bytes === null) return { kind: 'unreadable' }
    if (bytes.length > photoLimits.bytesMax) continue
    const read = readPhoto(bytes)
    if (read.kind === 'photo')
      return { kind: 'made', jpeg: new Blob([bytes], { type: 'image/jpeg' }) }
    return { kind: read.refusal.kind === 'photo_wrong_size' ? 'too_small' : 'unreadable' }
  }
  return { kind: 'unreadable' }
}

/** The size at which a picture is shown whole, its longer side no longer than this. */
export function sizeWithin(
  { width, height }: Readonly<{ width: number; height: number }>,
  longSidePx: number,
): Readonly<{ width: number; height: number }> {
  const scale = Math.min(1, longSidePx / Math.max(width, height))
  const scaled = (side: number) => Math.max(1, Math.round(side * scale))
  return { width: scaled(width), height: scaled(height) }
}

function draw(bitmap: ImageBitmap, canvas: HTMLCanvasElement): boolean {
  const { width, height } = sizeWithin(bitmap, LONG_SIDE_PX)
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (context === null) return false
  // What a picture leaves open would be black.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, width, height)
  return true
}

async function encode(
  canvas: HTMLCanvasElement,
  quality: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const jpeg = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', quality)
  })
  return jpeg === null ? null : barePhoto(new Uint8Array(await jpeg.arrayBuffer()))
}
