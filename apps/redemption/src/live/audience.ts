import type { Instant } from '@minnaken/domain'
import type { Happening } from './read.ts'

/** Who listens, and for what. */
export type Listener = Readonly<{
  topic: Readonly<{ shopId: string } | { bucket: number; walletId: string }>
  /** A till that is struck off stops hearing. */
  tillId: string | null
  signal: AbortSignal
  tell: (happening: Happening) => void
}>

/** `isNew` until it has heard of the last minute. */
export type Listening = Listener & { isNew: boolean; readonly leave: () => void }

/**
 * Who listens and what happened lately, both by shop and by wallet: what happens is brought to those
 * whom it concerns, and nobody else is looked at. Each is told everything once.
 */
export class Audience {
  readonly #listening = new Map<string, Set<Listening>>()
  readonly #all = new Set<Listening>()
  readonly #recent = new Map<string, Happening>()
  readonly #recentOf = new Map<string, Set<Happening>>()

  get all(): ReadonlySet<Listening> {
    return this.#all
  }

  join(listening: Listening): void {
    this.#all.add(listening)
    addTo(this.#listening, keyOf(listening.topic), listening)
  }

  leave(listening: Listening): void {
    this.#all.delete(listening)
    removeFrom(this.#listening, keyOf(listening.topic), listening)
  }

  knows(id: string): boolean {
    return this.#recent.has(id)
  }

  /** Forgets what is older. Little is out of order, and is forgotten with what came before it. */
  forgetBefore(since: Instant): void {
    for (const [id, happening] of this.#recent) {
      if (happening.at >= since) return
      this.#recent.delete(id)
      for (const key of keysOf(happening)) removeFrom(this.#recentOf, key, happening)
    }
  }

  forgetAll(): void {
    this.#recent.clear()
    this.#recentOf.clear()
  }

  /** Tells those whom it concerns; whoever is new hears it with the rest of the minute. */
  tell(happening: Happening): void {
    if (this.#recent.has(happening.id)) return
    this.#recent.set(happening.id, happening)
    for (const key of keysOf(happening)) {
      addTo(this.#recentOf, key, happening)
      for (const { isNew, tell } of this.#listening.get(key) ?? []) if (!isNew) tell(happening)
    }
  }

  /** Tells somebody new what happened since then, and from now on everything else. */
  settle(listening: Listening, since: Instant): void {
    listening.isNew = false
    if (!this.#all.has(listening)) return
    for (const happening of this.#recentOf.get(keyOf(listening.topic)) ?? [])
      if (happening.at >= since) listening.tell(happening)
  }
}

const keyOf = (topic: Listener['topic']): string =>
  'shopId' in topic ? `shop ${topic.shopId}` : `wallet ${topic.walletId}`

/** A shop hears of payments and voids, a phone of what it paid. */
const keysOf = ({ kind, shop, walletId }: Happening): readonly string[] =>
  kind === 'payment' ? [`shop ${shop.shopId}`, `wallet ${walletId}`] : [`shop ${shop.shopId}`]

function addTo<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, new Set([value]))
  else known.add(value)
}

function removeFrom<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const known = map.get(key)
  if (known?.delete(value) === true && known.size === 0) map.delete(key)
}
