import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { Button } from '../button.tsx'
import { Notice } from '../notice.tsx'
import { useUiWords } from '../words.ts'
import { whenCameraLost } from './camera-lost.ts'
import { type Opened, leaveCamera, openAgain, openCamera, turnCamera } from './camera.ts'
import { dropReader, readCodes } from './reader.ts'
import { toldOnce } from './told-once.ts'

export { warmReader as warmScanner } from './reader.ts'

/**
 * The camera, and what it reads. `onRead` is told each code once; `otherwise` is what can be done
 * without a camera.
 */
export function Scanner({
  onRead,
  label,
  otherwise,
}: Readonly<{
  onRead: (text: string) => void
  label: string
  otherwise?: ReactNode
}>) {
  const { w } = useUiWords()
  const { video, opened, setOpened } = useCamera()
  const isTrouble = useReading({ video, opened, onRead })
  if (opened !== undefined && opened.kind !== 'open')
    return (
      <div className="flex flex-col gap-3">
        <Notice
          isAnswer
          kind="warning"
          title={w(`ui.camera.${opened.kind}`)}
          action={
            <Button kind="secondary" onClick={() => void openAgain().then(setOpened)}>
              {w('ui.camera.again')}
            </Button>
          }
        />
        {otherwise}
      </div>
    )
  return (
    <div className="flex flex-col gap-3">
      <div className="relative aspect-square max-h-[60vh] w-full overflow-hidden rounded-12 bg-black">
        <video
          ref={video}
          muted
          playsInline
          aria-label={label}
          data-camera={opened?.kind ?? 'opening'}
          className="size-full object-cover"
        />
        <div
          aria-hidden="true"
          className="pointer-events-none absolute inset-[12%] rounded-16 border-4 border-white/90"
        />
        {opened === undefined && (
          <p role="status" className="absolute inset-0 grid place-items-center text-white">
            {w('ui.camera.opening')}
          </p>
        )}
      </div>
      {isTrouble && (
        <Notice
          isAnswer
          kind="warning"
          title={w('ui.scan.trouble')}
          action={
            <Button kind="secondary" onClick={dropReader}>
              {w('ui.failure.retry')}
            </Button>
          }
        >
          {otherwise === undefined ? w('ui.scan.trouble_text') : undefined}
        </Notice>
      )}
      <Button kind="quiet" onClick={() => void turnCamera().then(setOpened)}>
        {w('ui.camera.turn')}
      </Button>
      {otherwise}
    </div>
  )
}

/** Opens the camera as long as somebody looks, and shows its picture. */
function useCamera() {
  const video = useRef<HTMLVideoElement>(null)
  const [opened, setOpened] = useState<Opened>()
  useEffect(() => {
    let isHere = true
    void openCamera().then((result) => {
      if (isHere) setOpened(result)
    })
    return () => {
      isHere = false
      leaveCamera()
    }
  }, [])
  useEffect(() => {
    const element = video.current
    if (opened?.kind !== 'open' || element === null) return undefined
    element.srcObject = opened.stream
    void element.play().catch(() => {})
    return () => {
      element.srcObject = null
    }
  }, [opened])
  useEffect(() => {
    if (opened === undefined) return undefined
    const track = opened.kind === 'open' ? opened.stream.getVideoTracks()[0] : undefined
    return whenCameraLost(track, document, () => void openAgain().then(setOpened))
  }, [opened])
  return { video, opened, setOpened }
}

/** Reads what the camera sees. Answers whether nobody can at the moment. */

function useReading({
  video,
  opened,
  onRead,
}: Readonly<{
  video: RefObject<HTMLVideoElement | null>
  opened: Opened | undefined
  onRead: (text: string) => void
}>): boolean {
  const [isTrouble, setIsTrouble] = useState(false)
  const heard = useRef(onRead)
  useEffect(() => {
    heard.current = onRead
  })
  useEffect(() => {
    const element = video.current
    if (opened?.kind !== 'open' || element === null) return undefined
    return readCodes(element, {
      onSeen: toldOnce((text) => heard.current(text)),
      onTrouble: setIsTrouble,
    })
  }, [video, opened])
  return isTrouble
}
