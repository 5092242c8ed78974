import type { Limits } from '@minnaken/http'
import type { PaceSettings } from './pace.ts'

export type AdmissionSettings = PaceSettings &
  Readonly<{
    /** So many can wait at this process; more are told to come back, without a place. */
    placesMax: number
    /** How long a place is kept for somebody who does not ask for it. */
    waitingMs: number
    /** How long whoever was let in need not wait again. */
    admittedMs: number
    /** How many requests one turn is for. */
    usesMax: number
    /** How many of them before the service knows who comes: to begin a sign-up or sign-in. */
    usesOfStrangerMax: number
  }>

/**
 * What a process lets in. Each database connection can have sixteen requests at work or waiting for
 * it: at some milliseconds for each, the last one waits well under half a second.
 */
export function admissionSettings(
  connectionsMax: number,
  env: Readonly<Record<string, string | undefined>> = {},
): AdmissionSettings {
  return {
    inFlightMax: wholeNumber(env, 'MINNAKEN_ADMISSION_IN_FLIGHT', connectionsMax * 16),
    slowMs: 500,
    perSecondMin: 10,
    perSecondMax: wholeNumber(env, 'MINNAKEN_ADMISSION_PER_SECOND', 1_000),
    placesMax: 200_000,
    waitingMs: 2 * 60 * 60_000,
    admittedMs: 15 * 60_000,
    usesMax: 40,
    usesOfStrangerMax: 6,
  }
}

/**
 * What is let go first when people come past the gate faster than work is done: lists and reports,
 * then sales, then looking at one's balance. The gate keeps sales below their limit by half.
 */
export const edgeLimits = ({
  inFlightMax,
}: PaceSettings): Pick<Limits, 'inFlightMax' | 'shedAt'> => ({
  // Most of them are only being told their place.
  inFlightMax: Math.max(4_000, inFlightMax * 8),
  shedAt: { report: Math.ceil(inFlightMax / 2), sale: inFlightMax * 2, balance: inFlightMax * 4 },
})

function wholeNumber(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  otherwise: number,
): number {
  const text = env[name]
  if (text === undefined) return otherwise
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new Error(`${name}: ${text} is not a number from 1`)
  return Number(text)
}
