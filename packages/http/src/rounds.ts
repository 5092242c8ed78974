/**
 * Begins so much work each time around the event loop; what comes besides waits, in order, for the
 * next time.
 *
 * In between, whatever was begun hears from the database and goes on. Otherwise all who come in a
 * rush are heard first: for one time around its loop libuv takes up to 48 times 1,024 of them (1.52),
 * and 3,500 a second kept everyone who had been let in waiting for 16 s.
 *
 * Of 22,900 people within 25 s the sale accepted 143 without rounds; 952 and 1,042 with rounds of 12
 * and 16; 1,477 with rounds of 8; 1,645 with rounds of 6, but then those outside waited so long that
 * the client could not send all of them. (`npm run bench -- sale-storm --seconds 25 --people 22900
 * --quiet 10 --after 3`, two cores, 22 November 2026.)
 */
export function inRounds(most: number): (work: () => void) => void {
  const waiting: (() => void)[] = []
  let begun = 0
  const nextRound = (): void => {
    const now = waiting.splice(0, most)
    begun = now.length
    if (begun > 0) setImmediate(nextRound)
    for (const work of now) work()
  }
  return (work) => {
    if (begun >= most || waiting.length > 0) {
      waiting.push(work)
      return
    }
    if (begun === 0) setImmediate(nextRound)
    begun += 1
    work()
  }
}
