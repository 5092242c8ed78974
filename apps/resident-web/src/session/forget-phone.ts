import { forgetDevice } from '@minnaken/ui'

/** Throws away the key of a phone that somebody else registered: it pays from their wallet. */
export const forgetPhone = (): Promise<unknown> => forgetDevice()
