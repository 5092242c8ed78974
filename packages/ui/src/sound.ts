let context: AudioContext | undefined
const others = new Set<() => void>()

/**
 * Lets sounds be heard later: a browser plays none before the first touch. To be called from one.
 */
export function allowSound(): void {
  quietly(() => {
    context ??= new AudioContext()
    if (context.state === 'suspended') void context.resume()
  })
  for (const allow of others) quietly(allow)
}

/** Names what else has to be allowed in a touch, each time there is one. */
export const alsoAllow = (allow: () => void): unknown => others.add(allow)

/**
 * Makes something heard, or not: it is seen as well, and no fault of a browser's sound may keep
 * the result of a payment from the screen.
 */
export function quietly(sound: () => void): void {
  try {
    sound()
  } catch {
    // Whoever looks knows.
  }
}

/** Two rising notes and a short buzz: it was taken. */
export const playSuccess = (): void => play([880, 1_318], 'sine', [40, 60, 80])

/** One low note and a long buzz: it was not. */
export const playRefusal = (): void => play([220], 'square', [250])

/** The same dull note three times, and no buzz: nobody paid, it is practice. */
export const playPractice = (): void => play([440, 440, 440], 'triangle', [])

const play = (notes: readonly number[], shape: OscillatorType, buzz: readonly number[]): void => {
  // Only some phones can; and none must, before it was touched. Older ones cannot tell.
  quietly(() => {
    if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([...buzz])
  })
  quietly(() => playNotes(notes, shape))
}

function playNotes(notes: readonly number[], shape: OscillatorType): void {
  if (context === undefined || context.state !== 'running') return
  let at = context.currentTime
  for (const note of notes) {
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.type = shape
    tone.frequency.value = note
    volume.gain.setValueAtTime(0.25, at)
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.18)
    tone.connect(volume).connect(context.destination)
    tone.start(at)
    tone.stop(at + 0.2)
    at += 0.12
  }
}
