/** A statement of PostgreSQL has 65,535 values at most; so many rows of ours stay far below that. */
const rowsMax = 1_000

/** Cuts rows into parts that one statement each can write, in their order. */
export const slicesOf = <Row>(rows: readonly Row[]): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / rowsMax) }, (_, index) =>
    rows.slice(index * rowsMax, (index + 1) * rowsMax),
  )
