import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { beginsStep, focusOnScreen } from './focus.ts'

class Place {
  readonly focus = vi.fn<() => void>()
  readonly tabIndex: number
  readonly heading: Place | null

  constructor(tabIndex: number, heading: Place | null = null) {
    this.tabIndex = tabIndex
    this.heading = heading
  }

  querySelector(): Place | null {
    return this.heading
  }
}

const body = new Place(-1)
let heading = new Place(-1)

/** A page on which that place has the focus. */
function focusIsAt(activeElement: Place | null): void {
  const main = new Place(-1, heading)
  vi.stubGlobal('document', { body, activeElement, querySelector: () => main })
}

/** As a component hands it over. */
const asElement = (place: Place) => place as unknown as HTMLElement

beforeEach(() => {
  heading = new Place(-1)
  vi.stubGlobal('HTMLElement', Place)
})
afterEach(() => vi.unstubAllGlobals())

test.each([
  ['nobody has it', body, 1],
  ['the heading of the step before has it, which no key leads to', new Place(-1), 1],
  ['somebody may be typing there', new Place(0), 0],
])('a step that begins takes the focus or not: %s', (_, focused, times) => {
  focusIsAt(focused)
  const step = new Place(-1)
  beginsStep(asElement(step))
  expect(step.focus).toHaveBeenCalledTimes(times)
})

test('a step that leaves takes nothing', () => {
  focusIsAt(body)
  expect(() => beginsStep(null)).not.toThrow()
})

test.each([
  ['nobody has it', body, 1],
  ['there is none at all', null, 1],
  ['somebody has it', new Place(0), 0],
])('the heading of a screen takes the focus or not: %s', (_, focused, times) => {
  focusIsAt(focused)
  focusOnScreen()
  expect(heading.focus).toHaveBeenCalledTimes(times)
})
