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
 *
 * When more than `waitingMax` wait, whoever comes is turned away, in rounds as well and twice as many
 * in each: who is turned away at once comes again at once, and the loop would hear of nothing else.
 * 4,000 tills that all did so had 0 to 570 payments a second in time without rounds, at 276 those who
 * were refused at once as soon as the loop was late, and 2,290 to 2,460 with rounds of 32 or 64 and
 * 512 who may wait; 512 tills had 3,150 to 3,560 without and 3,900 to 4,530 with.
 */
export function inRounds(
  most: number,
  waitingMax = Number.POSITIVE_INFINITY,
): (work: () => void, turnAway?: () => void) => void {
  const waiting: (() => void)[] = []
  const turnedAway: (() => void)[] = []
  let begun = 0
  let isGoing = false
  const nextRound = (): void => {
    const now = waiting.splice(0, most)
    begun = now.length
    now.push(...turnedAway.splice(0, most * 2))
    isGoing = now.length > 0
    if (isGoing) setImmediate(nextRound)
    for (const work of now) work()
  }
  return (work, turnAway = work) => {
    if (begun >= most || waiting.length > 0) {
      if (waiting.length < waitingMax) waiting.push(work)
      else turnedAway.push(turnAway)
      return
    }
    if (!isGoing) setImmediate(nextRound)
    isGoing = true
    begun += 1
    work()
  }
}
