import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { Button } from './button.tsx'
import { useUiWords } from './words.ts'

/**
 * A question in front of the screen. The browser keeps the focus in it and gives it back; Escape
 * closes it. `actions` come before the button that closes.
 */
export function Dialog({
  title,
  isOpen,
  onClose,
  actions,
  children,
}: Readonly<{
  title: ReactNode
  isOpen: boolean
  onClose: () => void
  actions?: ReactNode
  children?: ReactNode
}>) {
  const { w } = useUiWords()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const shown = dialog.current
    if (!isOpen || shown === null) return undefined
    shown.showModal()
    // Also when it is taken away while open: only closing gives the focus back.
    return () => shown.close()
  }, [isOpen])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onClose={({ currentTarget }) => {
        // It is told late, and by then another one may be open.
        if (isOpen && currentTarget.isConnected) onClose()
      }}
      className="m-auto w-[min(92vw,30rem)] rounded-16 bg-white p-5 shadow-5 backdrop:bg-black/50"
    >
      {isOpen && (
        <div className="flex flex-col gap-4">
          <h2 id={id} className="text-xl font-bold leading-140">
            {title}
          </h2>
          {children}
          <div className="flex flex-col gap-2">
            {actions}
            <Button kind="quiet" onClick={onClose}>
              {w('ui.close')}
            </Button>
          </div>
        </div>
      )}
    </dialog>
  )
}
