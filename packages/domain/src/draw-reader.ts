import { integer, type FileFault, type Note, type Read } from './campaign-reader.ts'

/** The largest number of units that is taken: ten digits. */
export const unitsMax = 9_999_999_999

/** Enough to correct a list by: a million lines with the same fault are no help. */
export const drawFaultsMax = 20

export const unitsFrom = (min: number): Read<number> => integer({ min, max: unitsMax })

/** Without line ends, which part the digests' lines, and half pairs, which UTF-8 cannot write. */
const isLine = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && !/[\p{Cc}\p{Surrogate}]/u.test(value)

/** A group's or household's name; the semicolon parts the fields of the members' digest. */
const isName = (value: unknown): value is string => isLine(value) && !value.includes(';')

const textThat =
  (fits: (value: unknown) => value is string, words: { ja: string; en: string }): Read<string> =>
  (value, path, note) => {
    if (fits(value)) return value
    note({ path, rule: 'text', ...words })
    return undefined
  }

export const line = textThat(isLine, {
  ja: '空でない1行の文字列で書いてください（制御文字は使えません）',
  en: 'must be one line of text, not empty, without control characters',
})

export const name = textThat(isName, {
  ja: '空でない1行の文字列で書いてください（制御文字と ; は使えません）',
  en: 'must be one line of text, not empty, without control characters and semicolons',
})

/** What only a hash reads may have line ends; UTF-8 must be able to write it. */
export const seedText = textThat(
  (value): value is string =>
    typeof value === 'string' && value !== '' && !/\p{Surrogate}/u.test(value),
  { ja: '空でない文字列で書いてください', en: 'must be text, not empty' },
)

/** A name that nothing depends on may also be empty. */
export const unusedName: Read<string> = (value, path, note) =>
  value === '' ? value : name(value, path, note)

/** Collects faults, at most `drawFaultsMax`. */
export function faultList(): Readonly<{ faults: readonly FileFault[]; note: Note }> {
  const faults: FileFault[] = []
  const note: Note = (fault) => {
    if (faults.length < drawFaultsMax) faults.push(fault)
  }
  return { faults, note }
}
