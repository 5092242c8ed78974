import { createHash } from 'node:crypto'

/** Names an answer by what it says. Weak: squeezed on its way it is the same answer in other bytes. */
export const tagOf = (body: string): string =>
  `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`

/** Whether whoever asks says that they have the answer of this tag (RFC 9110, 13.1.2). */
export const hasTag = (ifNoneMatch: string | null, tag: string): boolean =>
  ifNoneMatch?.includes(tag.slice('W/'.length)) === true
