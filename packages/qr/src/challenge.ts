/**
 * What a passkey signs to confirm a thing: 32 bytes that stand for this thing and its purpose, so
 * that no answer serves for another one.
 */
export async function challengeOf(
  purpose: string,
  thing: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const confirming = new TextEncoder().encode(`${purpose}\n`)
  const bytes = new Uint8Array(confirming.length + thing.length)
  bytes.set(confirming)
  bytes.set(thing, confirming.length)
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}
