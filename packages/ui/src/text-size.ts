import { readStored, store } from './stored.ts'

export const textSizes = ['normal', 'large', 'largest'] as const

export type TextSize = (typeof textSizes)[number]

export const textSizeNow = (): TextSize =>
  textSizes.find((size) => size === readStored('text-size')) ?? 'normal'

/** Makes all text larger, on this phone, from now on. */
export function chooseTextSize(size: TextSize): void {
  store('text-size', size)
  document.documentElement.dataset['textSize'] = size
}

export function startTextSize(): void {
  document.documentElement.dataset['textSize'] = textSizeNow()
}
