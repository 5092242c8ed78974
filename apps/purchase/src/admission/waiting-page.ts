import { readFileSync } from 'node:fs'
import type { Whereabouts } from './gate.ts'

const fileBeside = (name: string): string =>
  readFileSync(new URL(`./waiting-room/${name}`, import.meta.url), 'utf8')

const template = fileBeside('waiting-room.html')
export const waitingStyle = fileBeside('waiting-room.css')
export const waitingScript = fileBeside('waiting-room.js')

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
