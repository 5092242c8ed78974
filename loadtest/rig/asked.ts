const SENT_LEAST = 0.99

/**
 * Whether a client really sent what it was asked for. One that is late never begins the last
 * arrivals and counts them nowhere; less than 99 of 100 is not the load that is named.
 */
export const wasSent = ({ asked, sent }: Readonly<{ asked: number; sent: number }>): boolean =>
  sent >= asked * SENT_LEAST

/** Payments of the tills in a run of the storm: they go on before, in and after it. */
export const paymentsAsked = ({
  rate,
  quiet,
  seconds,
  after,
}: Readonly<Record<'rate' | 'quiet' | 'seconds' | 'after', number>>): number =>
  rate * (quiet + seconds + after)
