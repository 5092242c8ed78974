import { readStored, store } from '@minnaken/ui'

type Phone = Readonly<{ deviceId: string; registeredAt: string; revokedAt: string | null }>

/**
 * The phones that came into the wallet since this one did, and since its owner last said here that
 * they know of all. A phone that was stopped can pay no more, so nothing is told of it. Where no
 * phone is registered there is none to tell.
 */
export function newPhonesOf<P extends Phone>(
  own: readonly P[],
  { hereId, knownUntil }: Readonly<{ hereId: string | undefined; knownUntil: string | null }>,
): readonly P[] {
  const here = own.find(({ deviceId }) => deviceId === hereId)
  if (here === undefined) return []
  const since = Math.max(Date.parse(here.registeredAt), Date.parse(knownUntil ?? here.registeredAt))
  return own.filter(
    (it) => it !== here && it.revokedAt === null && Date.parse(it.registeredAt) > since,
  )
}

const KNOWN = 'known.phones'

export const phonesKnownUntil = (): string | null => readStored(KNOWN)

/** The owner knows of these, the newest last: on this phone nothing more is said of them. */
export const knowPhones = (phones: readonly Phone[]): void =>
  store(KNOWN, phones.at(-1)?.registeredAt ?? phonesKnownUntil())
