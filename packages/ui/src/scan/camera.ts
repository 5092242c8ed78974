import { readStored, store } from '../stored.ts'

type Facing = 'environment' | 'user'

/** Why there is no picture. */
type CameraRefusal = Readonly<{
  kind: /** The person, or the browser's settings, said no. */
    | 'not_allowed'
    /** There is none, or this page may not use one. */
    | 'no_camera'
    /** Another program has it. */
    | 'in_use'
}>

export type Opened = Readonly<{ kind: 'open'; stream: MediaStream }> | CameraRefusal

/** How long a camera that nobody looks at stays on: the next customer is there in no time. */
const HOT_MS = 60_000

let opening: Promise<Opened> | undefined
let users = 0
let cooling: ReturnType<typeof setTimeout> | undefined

const facingNow = (): Facing => (readStored('camera') === 'user' ? 'user' : 'environment')

/** Lends the camera. It is the same one for everybody, and stays hot for a minute after the last. */
export async function openCamera(): Promise<Opened> {
  users++
  clearTimeout(cooling)
  opening ??= start()
  const opened = await opening
  if (opened.kind === 'open' && opened.stream.getVideoTracks().some(isLive)) return opened
  // What failed, or was taken away (a call, another program), is tried anew.
  return openAgain()
}

/** Tries once more, for somebody who has the camera lent already. */
export function openAgain(): Promise<Opened> {
  opening = start()
  return opening
}

/** Gives the camera back. */
export function leaveCamera(): void {
  users--
  if (users > 0) return
  clearTimeout(cooling)
  cooling = setTimeout(stopCamera, HOT_MS)
}

/** Changes to the camera on the other side of the device. */
export async function turnCamera(): Promise<Opened> {
  store('camera', facingNow() === 'user' ? 'environment' : 'user')
  stopCamera()
  return openAgain()
}

/** Ends what was filmed at once: whoever leaves the app for good is not looked at any longer. */
export function stopCamera(): void {
  clearTimeout(cooling)
  void opening?.then((opened) => {
    if (opened.kind === 'open') for (const track of opened.stream.getTracks()) track.stop()
  })
  opening = undefined
}

const isLive = (track: MediaStreamTrack): boolean => track.readyState === 'live'

async function start(): Promise<Opened> {
  if (!('mediaDevices' in navigator)) return { kind: 'no_camera' }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: {
        facingMode: facingNow(),
        width: { ideal: 1_280 },
        height: { ideal: 720 },
        frameRate: { ideal: 30 },
      },
    })
    return { kind: 'open', stream }
  } catch (error) {
    const { name } = error as Error
    if (name === 'NotAllowedError' || name === 'SecurityError') return { kind: 'not_allowed' }
    return { kind: name === 'NotReadableError' ? 'in_use' : 'no_camera' }
  }
}
