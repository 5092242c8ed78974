/** The name of one wish, such as a void: the same for every attempt to make it come true. */
export const newWishId = (): string => crypto.randomUUID()

/** What makes a payment code the only one of its kind: 16 random bytes. */
export const newNonce = (): Uint8Array => crypto.getRandomValues(new Uint8Array(16))

/** Half to one and a half of it, so that those who were cut off together do not come back together. */
export const aboutMs = (ms: number): number => ms * (0.5 + Math.random())
