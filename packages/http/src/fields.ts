import { yen } from '@minnaken/domain'
import { z } from 'zod'
import { digitsOnly } from './strict-json.ts'

/** What ten digits can hold. */
const numberMax = 9_999_999_999

/** An amount in a body: whole yen, at least 1. */
export const yenField = ({ max = numberMax }: { max?: number } = {}) =>
  z
    .int()
    .min(1)
    .max(max)
    .meta({ description: '円(1以上の整数、数字のみ) / whole yen, digits only' })
    .transform(yen)

/** A number of units in a body, at least 1. */
export const unitsField = ({ max = 1_000_000 }: { max?: number } = {}) =>
  z.int().min(1).max(max).meta({ description: '口数 / units' })

/** A whole number in a query or a path, written in digits. */
export const digitsParam = ({ min = 0, max = numberMax }: { min?: number; max?: number } = {}) =>
  z
    .string()
    .refine((text) => /^(?:0|[1-9]\d{0,9})$/.test(text), { params: digitsOnly, abort: true })
    .meta({ pattern: '^(0|[1-9][0-9]{0,9})$' })
    .transform(Number)
    .pipe(z.int().min(min).max(max))
