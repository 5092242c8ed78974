import { Component, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'
import { useUiWords } from './words.ts'

/** Stands in for a screen that broke: says so in words, and begins anew. */
export class ErrorBoundary extends Component<
  Readonly<{ children: ReactNode }>,
  { isBroken: boolean }
> {
  override state = { isBroken: false }

  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true }
  }

  override componentDidCatch(error: unknown): void {
    reportError(error)
  }

  override render(): ReactNode {
    return this.state.isBroken ? <Broken /> : this.props.children
  }
}

/** Also for a route's `errorComponent`. */
export function Broken() {
  const { w } = useUiWords()
  return (
    <div className="mx-auto w-full max-w-160 p-4">
      <Notice
        kind="error"
        title={w('ui.broken.title')}
        action={<Button onClick={() => location.reload()}>{w('ui.broken.again')}</Button>}
      >
        {w('ui.broken.text')}
      </Notice>
    </div>
  )
}
