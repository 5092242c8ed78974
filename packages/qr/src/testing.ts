import { create } from 'qrcode'

const QUIET_ZONE = 4
const DOTS = 8
const WHITE = 255

/**
 * Any text as a QR code, in the way others make them: a grey picture (PGM) of eight dots for each
 * square. For tests of what a camera is shown that is none of ours.
 */
export function pictureOfCode(text: string): Uint8Array {
  const { modules } = create([{ data: new TextEncoder().encode(text), mode: 'byte' }], {
    errorCorrectionLevel: 'M',
  })
  const side = (modules.size + 2 * QUIET_ZONE) * DOTS
  const dots = new Uint8Array(side * side).fill(WHITE)
  for (let at = 0; at < modules.data.length; at++) {
    if (modules.data[at] !== 1) continue
    const top = (Math.floor(at / modules.size) + QUIET_ZONE) * DOTS
    const left = ((at % modules.size) + QUIET_ZONE) * DOTS
    for (let row = top; row < top + DOTS; row++)
      dots.fill(0, row * side + left, row * side + left + DOTS)
  }
  return new Uint8Array([...new TextEncoder().encode(`P5 ${side} ${side} ${WHITE}\n`), ...dots])
}
