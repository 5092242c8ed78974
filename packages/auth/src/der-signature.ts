/**
 * Whether bytes are an ECDSA signature in DER, which has one form for each pair of numbers.
 *
 * A reader that takes other forms as well would accept an answer whose bytes were changed.
 */
export function isDerSignature(bytes: Uint8Array): boolean {
  const second = endOfInteger(bytes, 2)
  return (
    bytes[0] === 0x30 &&
    bytes[1] === bytes.length - 2 &&
    second !== null &&
    endOfInteger(bytes, second) === bytes.length
  )
}

/** Where a positive integer in its shortest form ends; null when there is none at `start`. */
function endOfInteger(bytes: Uint8Array, start: number): number | null {
  const [tag, length = 0, first = 0xff, next = 0] = bytes.subarray(start, start + 4)
  const isShortest = first !== 0 || length === 1 || next >= 0x80
  return tag === 0x02 && length >= 1 && length <= 33 && first < 0x80 && isShortest
    ? start + 2 + length
    : null
}
