import { options } from 'preact'

/** What a script sends for each field that it fills. */
const filling = ['input', 'change']

/**
 * Has Preact do what the screens count on and React does by itself. Before the first screen is
 * drawn, and after `preact/compat` is there, which gives what links hear a name of its own.
 *
 * What was typed is drawn before the next field is filled: of those that a password manager fills by
 * one script, each would forget the one before. What a person does is drawn as soon as it is heard.
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
  for (const event of filling) document.addEventListener(event, draw)
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
