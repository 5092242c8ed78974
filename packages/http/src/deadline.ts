export const late = Symbol('late')

/** What the work comes to, or `late` if it takes longer; the work itself goes on. */
export function withDeadline<T>(work: Promise<T>, ms: number): Promise<T | typeof late> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(late), ms)
    work.then(
      (value) => {
        clearTimeout(timer)
        resolve(value)
      },
      (error: unknown) => {
        clearTimeout(timer)
        reject(error)
      },
    )
  })
}
