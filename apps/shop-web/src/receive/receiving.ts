import { unreachable } from '@minnaken/domain'
import type { Payment, Settled, Taken } from './payment.ts'
import type { CodeRead } from './read-code.ts'

/** How a payment is taken at the counter: amount first, or code first. One thing at a time. */
export type Receiving =
  /** The keypad. `code` was read before the amount was known. */
  | Readonly<{ kind: 'amount'; yen: number; code: string | null }>
  /** The camera, or the twelve digits. Without an amount, that is asked for afterwards. */
  | Readonly<{
      kind: 'code'
      yen: number
      by: 'camera' | 'number'
      not: NotPaying | null
      /**
       * Refused a moment ago, and perhaps still before the camera: that does not ask about it
       * again. Whoever types it again does.
       */
      except: string | null
    }>
  /** The service is asked. In doubt, it is asked until it answers. */
  | Readonly<{ kind: 'asking'; payment: Payment; isUnknown: boolean }>
  | Readonly<{ kind: 'taken'; payment: Payment; taken: Taken }>
  | Readonly<{ kind: 'refused'; payment: Payment; settled: Exclude<Settled, { kind: 'taken' }> }>

/** A code that was held before the camera and pays nothing. */
export type NotPaying = Exclude<CodeRead, { kind: 'payment' }>

export type Happened =
  | Readonly<{ kind: 'typed'; yen: number }>
  /** The amount is right: on to the code, or to the service when the code is there. */
  | Readonly<{ kind: 'amount_done'; at: number }>
  | Readonly<{ kind: 'code_first' }>
  | Readonly<{ kind: 'by'; by: 'camera' | 'number' }>
  | Readonly<{ kind: 'read'; read: CodeRead; at: number }>
  /** An earlier visit asked for this and never heard. */
  | Readonly<{ kind: 'resumed'; payment: Payment }>
  | Readonly<{ kind: 'in_doubt'; payment: Payment }>
  | Readonly<{ kind: 'settled'; payment: Payment; settled: Settled }>
  /** The same code for what would work. */
  | Readonly<{ kind: 'take_less'; yen: number; at: number }>
  /** Another code for the same amount. */
  | Readonly<{ kind: 'another_code' }>
  /** Back to the keypad, with the amount where nothing was taken. */
  | Readonly<{ kind: 'back' }>
  | Readonly<{ kind: 'next' }>

export const start: Receiving = { kind: 'amount', yen: 0, code: null }

/**
 * What the till shows after something happened. What does not fit the moment changes nothing: a
 * code that is read late, an answer to another payment. While the service is asked, nothing but
 * its answer leads on.
 */
export function received(state: Receiving, happened: Happened): Receiving {
  switch (state.kind) {
    case 'amount':
      return fromAmount(state, happened)
    case 'code':
      return fromCode(state, happened)
    case 'asking':
      return fromAsking(state, happened)
    case 'taken':
      return happened.kind === 'next' ? start : state
    case 'refused':
      return fromRefused(state, happened)
    default:
      return unreachable(state)
  }
}

type At<Kind extends Receiving['kind']> = Extract<Receiving, { kind: Kind }>

const asking = (code: string, yen: number, since: number): Receiving => ({
  kind: 'asking',
  payment: { code, yen, since },
  isUnknown: false,
})

const camera = (yen: number, except: string | null = null): Receiving => ({
  kind: 'code',
  yen,
  by: 'camera',
  not: null,
  except,
})

function fromAmount(state: At<'amount'>, happened: Happened): Receiving {
  const { yen, code } = state
  if (happened.kind === 'typed') return { ...state, yen: happened.yen }
  if (happened.kind === 'code_first') return camera(yen)
  if (happened.kind === 'next') return start
  if (happened.kind === 'resumed')
    return { kind: 'asking', payment: { ...happened.payment, wasSent: true }, isUnknown: true }
  if (happened.kind === 'amount_done' && yen > 0)
    return code === null ? camera(yen) : asking(code, yen, happened.at)
  return state
}

function fromCode(state: At<'code'>, happened: Happened): Receiving {
  const { yen } = state
  if (happened.kind === 'by') return { ...state, by: happened.by, not: null }
  if (happened.kind === 'back') return { kind: 'amount', yen, code: null }
  if (happened.kind !== 'read') return state
  const { read, at } = happened
  if (read.kind !== 'payment') return { ...state, not: read }
  if (state.by === 'camera' && read.code === state.except) return state
  return yen > 0 ? asking(read.code, yen, at) : { kind: 'amount', yen, code: read.code }
}

function fromAsking(state: At<'asking'>, happened: Happened): Receiving {
  if (happened.kind !== 'in_doubt' && happened.kind !== 'settled') return state
  const { payment } = state
  if (happened.payment !== payment) return state
  if (happened.kind === 'in_doubt') return { ...state, isUnknown: true }
  const { settled } = happened
  return settled.kind === 'taken'
    ? { kind: 'taken', payment, taken: settled.taken }
    : { kind: 'refused', payment, settled }
}

function fromRefused(state: At<'refused'>, happened: Happened): Receiving {
  const { code, yen } = state.payment
  if (happened.kind === 'take_less') return asking(code, happened.yen, happened.at)
  if (happened.kind === 'another_code') return camera(yen, code)
  if (happened.kind === 'back') return { kind: 'amount', yen, code: null }
  return happened.kind === 'next' ? start : state
}
