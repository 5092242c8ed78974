/** Who applies, as it is typed: kept while it is incomplete or wrong. */
export type Typed = Readonly<{
  units: number
  group: string
  name: string
  nameKana: string
  year: string
  month: string
  day: string
  address: string
}>

export type PersonField = 'name' | 'nameKana' | 'birthDate' | 'address' | 'group'

/** The fields that are not right yet. The service checks them again. */
export function wrongFields(typed: Typed): readonly PersonField[] {
  const wrong: PersonField[] = []
  if (typed.group === '') wrong.push('group')
  if (typed.name.trim() === '') wrong.push('name')
  if (!isKana(typed.nameKana)) wrong.push('nameKana')
  if (birthDateOf(typed) === null) wrong.push('birthDate')
  if (typed.address.trim() === '') wrong.push('address')
  return wrong
}

const isKana = (text: string): boolean =>
  /^[\p{sc=Hiragana}\p{sc=Katakana}ー・ ]+$/u.test(text.trim().normalize('NFKC'))

/** A day that exists, as YYYY-MM-DD, of digits of any width; null otherwise. */
export function birthDateOf({
  year,
  month,
  day,
}: Pick<Typed, 'year' | 'month' | 'day'>): string | null {
  const [y, m, d] = [year, month, day].map(digits)
  if (y === undefined || m === undefined || d === undefined) return null
  const text = `${y.padStart(4, '0')}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  const date = new Date(`${text}T00:00:00Z`)
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  return isDay && text >= '1900-01-01' ? text : null
}

const digits = (text: string): string => text.normalize('NFKC').replaceAll(/\D/g, '')
