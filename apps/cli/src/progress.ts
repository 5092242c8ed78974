/** From here on a person would wonder whether anything happens. */
const longFrom = 100_000

/** Tells the steps of long work on standard error, with the seconds since the program started. */
export const progressOf =
  (applications: number): ((step: string) => void) =>
  (step) => {
    if (applications < longFrom) return
    const seconds = (performance.now() / 1000).toFixed(1)
    process.stderr.write(`${seconds} s  ${applications.toLocaleString('en')}件  ${step}\n`)
  }
