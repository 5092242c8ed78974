import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { takeOver } from './take-over.ts'

/** As much of an element as is asked for. */
class Part {
  parentElement: Part | null = null
  readonly children: Part[]
  isInert = false
  readonly stays: boolean

  constructor(children: readonly Part[] = [], { stays = false } = {}) {
    this.children = [...children]
    this.stays = stays
    for (const child of children) child.parentElement = this
  }

  matches(selector: string): boolean {
    return (
      (selector.includes('[inert]') && this.isInert) ||
      (selector.includes('[data-stays]') && this.stays)
    )
  }

  toggleAttribute(_: 'inert', on: boolean): void {
    this.isInert = on
  }

  add(child: Part): void {
    this.children.push(child)
    child.parentElement = this
    for (const tell of watched.get(this) ?? []) tell()
  }
}

const watched = new Map<Part, Set<() => void>>()

class FakeObserver {
  readonly tell: () => void
  constructor(tell: () => void) {
    this.tell = tell
  }

  observe(part: Part): void {
    watched.set(part, (watched.get(part) ?? new Set()).add(this.tell))
  }

  disconnect(): void {
    for (const all of watched.values()) all.delete(this.tell)
  }
}

const cover = (part: Part) => takeOver(part as unknown as HTMLElement)

function aPage() {
  const result = new Part()
  const beside = new Part()
  const screen = new Part([beside, result])
  const tabs = new Part()
  const stripes = new Part([], { stays: true })
  const frame = new Part([screen, tabs, stripes])
  const body = new Part([frame])
  const querySelector = vi.fn<() => null>(() => null)
  vi.stubGlobal('document', { body, activeElement: body, querySelector })
  return { result, beside, screen, tabs, stripes, frame, querySelector }
}

beforeEach(() => {
  watched.clear()
  vi.stubGlobal('MutationObserver', FakeObserver)
})
afterEach(() => vi.unstubAllGlobals())

test('all beside a result is out of reach, near and far, and the result is not', () => {
  const { result, beside, screen, tabs, stripes, frame } = aPage()
  cover(result)
  expect([beside, tabs].map(({ isInert }) => isInert)).toEqual([true, true])
  expect([result, screen, frame].map(({ isInert }) => isInert)).toEqual([false, false, false])
  expect(stripes.isInert).toBe(false)
})

test('what comes beside it later is out of reach too, until the result has left', () => {
  const { result, beside, screen, tabs, querySelector } = aPage()
  const leave = cover(result)
  const late = new Part()
  screen.add(late)
  expect(late.isInert).toBe(true)
  leave?.()
  expect([beside, tabs, late].map(({ isInert }) => isInert)).toEqual([false, false, false])
  const later = new Part()
  screen.add(later)
  expect([later.isInert, querySelector.mock.calls]).toEqual([false, []])
})

test('what was out of reach before stays so, and a lost focus goes to the screen behind', async () => {
  const { result, tabs, querySelector } = aPage()
  tabs.isInert = true
  cover(result)?.()
  expect(tabs.isInert).toBe(true)
  await Promise.resolve()
  expect(querySelector).toHaveBeenCalledWith('main')
})

test('nothing is covered for what is not there', () => {
  expect(takeOver(null)).toBeUndefined()
})
