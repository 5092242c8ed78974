import { DatabaseError } from 'pg'

/** Whether PostgreSQL refused with this SQLSTATE. */
const isDatabaseError = (error: unknown, ...codes: string[]): error is DatabaseError =>
  error instanceof DatabaseError && codes.includes(error.code ?? '')

/** A row with that key is there already; of that constraint, if one is named. */
export const isUniqueViolation = (error: unknown, constraint?: string): boolean =>
  isDatabaseError(error, '23505') && isOf(error, constraint)

/** The row that this one points to is not there (or one that is pointed to would go). */
export const isForeignKeyViolation = (error: unknown, constraint?: string): boolean =>
  isDatabaseError(error, '23503') && isOf(error, constraint)

/** A rule of the table is broken, for example a lot below ¥0. */
export const isCheckViolation = (error: unknown, constraint?: string): boolean =>
  isDatabaseError(error, '23514') && isOf(error, constraint)

/** Another transaction held a lock for longer than this one may wait. */
export const isLockTimeout = (error: unknown): boolean => isDatabaseError(error, '55P03')

/** The statement took longer than its role may, or was cancelled. */
export const isStatementTimeout = (error: unknown): boolean => isDatabaseError(error, '57014')

/** Two transactions waited for each other and PostgreSQL ended this one: it may be tried again. */
export const isDeadlock = (error: unknown): boolean => isDatabaseError(error, '40P01')

/** The role may not do that. */
export const isPermissionDenied = (error: unknown): boolean => isDatabaseError(error, '42501')

/** The password is wrong, or there is no such role. */
export const isLoginRefused = (error: unknown): boolean => isDatabaseError(error, '28P01', '28000')

/** Another session made, changed or removed the same object at the same moment. */
export const isCatalogRace = (error: unknown): boolean =>
  isDatabaseError(error, '42710', '42P06', '42P07', '42P04', '3D000') ||
  (isDatabaseError(error, '23505') && error.schema === 'pg_catalog') ||
  (isDatabaseError(error, 'XX000') && error.message.includes('concurrently'))

const UNREACHABLE = [
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]

/**
 * The connection broke or went silent, or the server is going away or not there: whether a commit
 * that was under way took effect is not known.
 */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof DatabaseError) return /^(08|57P0[1-5])/.test(error.code ?? '')
  const { code } = error as NodeJS.ErrnoException
  return (
    UNREACHABLE.includes(code ?? '') ||
    isAnswerLate(error) ||
    /^(Connection terminated|Client has encountered|Client was closed)/.test(error.message)
  )
}

/** The connection gave no answer for longer than PostgreSQL itself lets a statement run. */
export const isAnswerLate = (error: Error): boolean => error.message === 'Query read timeout'

/**
 * No connection was free, in the pool or among those that PostgreSQL lets the role have: nothing
 * was asked, so nothing was done.
 */
export const isPoolExhausted = (error: unknown): boolean =>
  isDatabaseError(error, '53300') ||
  (error instanceof Error && error.message === 'timeout exceeded when trying to connect')

/**
 * PostgreSQL itself said no, and the connection goes on: nothing was done. After any other error
 * of a commit nobody knows whether it took effect.
 */
export const isRefusedByServer = (error: unknown): boolean =>
  error instanceof DatabaseError && !isConnectionLost(error)

const isOf = (error: DatabaseError, constraint: string | undefined): boolean =>
  constraint === undefined || error.constraint === constraint
