import { readFileSync } from 'node:fs'
import type { Whereabouts } from './gate.ts'

const textOf = (file: URL): string => readFileSync(file, 'utf8')

const template = textOf(new URL('./waiting-room/waiting-room.html', import.meta.url))
export const waitingStyle = textOf(new URL('./waiting-room/waiting-room.css', import.meta.url))
export const waitingScript = textOf(new URL('./waiting-room/waiting-room.js', import.meta.url))

/**
 * The page as somebody sees it now. It is complete without scripts: it asks again by itself, by
 * loading anew; with scripts it stays, and only its numbers change.
 */
export function waitingPage(
  stands: Whereabouts,
  { to, admittedMs }: Readonly<{ to: string; admittedMs: number }>,
): string {
  const isReady = stands.kind === 'open' || stands.kind === 'admitted'
  const again = isReady ? 60 : stands.askAgainSeconds
  const wait = stands.kind === 'waiting' ? stands : { place: 0, estimatedWaitSeconds: 0 }
  const filled: Readonly<Record<string, string>> = {
    STATE: isReady ? 'ready' : stands.kind,
    TO: to,
    VALID: String(Math.floor(admittedMs / 60_000)),
    AGAIN: String(again),
    PLACE: wait.place.toLocaleString('ja-JP'),
    MINUTES: String(Math.max(1, Math.ceil(wait.estimatedWaitSeconds / 60))),
  }
  return template.replaceAll(/%([A-Z]+)%/g, (_, name: string) => filled[name] ?? '')
}
