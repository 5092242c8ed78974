import { addMonths, type JstDate } from '@minnaken/domain'
import { sha256 } from '../hashes.ts'

/** What makes two applications one person's: name, birth date and address, however they are typed. */
export type Person = Readonly<{ name: string; birthDate: JstDate; address: string }>

/**
 * The key under which a person applies once: SHA-256 over the normalised name, birth date and
 * address. Width, spaces, letter case and kinds of dashes do not make another person.
 */
export const personKeyOf = ({ name, birthDate, address }: Person): Buffer =>
  sha256(['person', normalised(name), birthDate, normalised(address)].join('\n'))

/** The name of a household in our own tables: a hash, so that no address stands beside the wishes. */
export const householdOf = (address: string): string =>
  sha256(`household\n${normalised(address)}`).toString('hex')

/** A person whose address is not known shares with nobody. */
export const householdOfOne = (applicationNo: string): string =>
  sha256(`alone\n${applicationNo}`).toString('hex')

/** Everything that is a dash or looks like one, the long vowel mark among them. */
const dashes = /[-\u00ad\u02d7\u2010-\u2015\u2043\u2212\u2500\u2501\u30fc]/gu

const normalised = (text: string): string =>
  text.normalize('NFKC').toUpperCase().replaceAll(/\s/gu, '').replaceAll(dashes, '-')

/** Full years on a day; a person born on 29 February is a year older from the last day of February. */
export function ageOn(birthDate: JstDate, today: JstDate): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return addMonths(birthDate, years * 12) <= today ? years : years - 1
}
