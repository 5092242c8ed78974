import { setTimeout as wait } from 'node:timers/promises'

/** Does the work again, a few times and a little later each time, while it fails for that reason. */
export async function retryOn<T>(
  isReason: (error: unknown) => boolean,
  work: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries >= 20 || !isReason(error)) throw error
      await wait(10 * tries)
    }
  }
}
