import { options } from 'preact'

/** Where a person decides something: what that changed is drawn before anything else happens. */
const deciding = ['click', 'input', 'change', 'keydown', 'submit']

/**
 * Has Preact do what the screens count on and React does by itself. Before the first screen is drawn.
 *
 * What an event changed is drawn at its end: two fields that a password manager fills at once both
 * keep their text, and a button that may be pressed once is off before it can be pressed again.
 * Links hear a finger, to fetch ahead, in a way that never holds up scrolling.
 */
export function drawAsReact(): void {
  let due: (() => void) | undefined
  const draw = () => {
    const drawing = due
    due = undefined
    drawing?.()
  }
  options.debounceRendering = (drawing) => {
    due = drawing
    queueMicrotask(draw)
  }
  for (const event of deciding) document.addEventListener(event, draw)
  const earlier = options.vnode?.bind(options)
  options.vnode = (node) => {
    if (node.type === 'a') {
      const props = node.props as { onTouchStart?: unknown; onPointerDown?: unknown }
      props.onPointerDown ??= props.onTouchStart
      delete props.onTouchStart
    }
    earlier?.(node)
  }
}
