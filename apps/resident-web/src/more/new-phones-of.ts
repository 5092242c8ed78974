import { readStored, store } from '@minnaken/ui'

type Phone = Readonly<{ deviceId: string; registeredAt: string; revokedAt: string | null }>

/**
 * The other phones that can pay from the wallet, as far as they came into it since its owner last
 * said here that they know of all; before that, every one, also if it was there before this one or
 * none is registered here. A phone that was stopped can pay no more, so nothing is told of it.
 */
export const newPhonesOf = <P extends Phone>(
  own: readonly P[],
  { hereId, knownUntil }: Readonly<{ hereId: string | undefined; knownUntil: string | null }>,
): readonly P[] =>
  own.filter(
    ({ deviceId, registeredAt, revokedAt }) =>
      deviceId !== hereId &&
      revokedAt === null &&
      (knownUntil === null || Date.parse(registeredAt) > Date.parse(knownUntil)),
  )

const KNOWN = 'known.phones'

export const phonesKnownUntil = (): string | null => readStored(KNOWN)

/** The owner knows of these, the newest last: in this browser nothing more is said of them. */
export const knowPhones = (phones: readonly Phone[]): void =>
  store(KNOWN, phones.at(-1)?.registeredAt ?? phonesKnownUntil())
