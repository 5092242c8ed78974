import { type Campaign, type Instant, type JstDate, jstDateOf } from '@minnaken/domain'
import type { Fault, Words } from '@minnaken/http'
import { ageOn, personKeyOf } from './person.ts'

/** A postcard as a clerk types it. It may come without a birth date or an address. */
export type KeyedLine = Readonly<{
  applicationNo: string
  name: string
  group: string
  units: number
  birthDate?: JstDate | undefined
  address?: string | undefined
}>

/** An application that is there already under a line's number or person. */
export type KnownLine = Readonly<{
  applicationNo: string
  units: number
  group: string | null
  /** A clerk keyed it and nobody has taken it over. */
  isUnclaimed: boolean
  name: string
  birthDate: JstDate | null
  address: string | null
  personKey: string | null
}>

/** Everything that is wrong with the lines, each with its path and rule. */
export function faultsOfLines(
  campaign: Campaign,
  lines: readonly KeyedLine[],
  { known, at }: Readonly<{ known: readonly KnownLine[]; at: Instant }>,
): readonly Fault[] {
  const { groups, minAge } = campaign.eligibility
  const byNumber = new Map(known.map((each) => [each.applicationNo, each]))
  const byPerson = new Map(known.map((each) => [each.personKey, each.applicationNo]))
  const numbers = new Map<string, number>()
  const persons = new Map<string, number>()
  const faults: Fault[] = []
  for (const [index, line] of lines.entries()) {
    const note = (field: string, words: Words & Readonly<{ rule: string }>, data: object = {}) =>
      faults.push({ ...data, field: `applications.${index}.${field}`, ...words })
    const { applicationNo, group, birthDate, address } = line

    const sameNumber = numbers.get(applicationNo)
    if (sameNumber === undefined) numbers.set(applicationNo, index)
    else note('applicationNo', rules.numberTwice, { firstAt: sameNumber })
    const there = byNumber.get(applicationNo)
    if (there !== undefined && !isSame(line, there)) note('applicationNo', rules.numberTaken)
    if (!groups.includes(group)) note('group', rules.unknownGroup, { groups })
    if (birthDate === undefined) continue
    if (ageOn(birthDate, jstDateOf(at)) < minAge) note('birthDate', rules.minAge, { minAge })

    if (address === undefined) continue
    const key = personKeyOf({ name: line.name, birthDate, address }).toString('hex')
    const samePerson = persons.get(key)
    if (samePerson === undefined) persons.set(key, index)
    else note('name', rules.personTwice, { firstAt: samePerson })
    const other = byPerson.get(key)
    if (other !== undefined && other !== applicationNo) note('name', rules.personThere)
  }
  return faults
}

const isSame = (line: KeyedLine, known: KnownLine): boolean =>
  known.isUnclaimed &&
  known.units === line.units &&
  known.group === line.group &&
  known.name === line.name &&
  known.birthDate === (line.birthDate ?? null) &&
  known.address === (line.address ?? null)

const rules = {
  numberTwice: {
    rule: 'number_twice',
    ja: '同じ申込番号がこの一覧に二度あります。',
    en: 'This number is in the list twice.',
  },
  numberTaken: {
    rule: 'number_taken',
    ja: 'この申込番号は別の申込で使われています。',
    en: 'Another application has this number.',
  },
  unknownGroup: {
    rule: 'unknown_group',
    ja: 'この事業の対象者の区分ではありません。',
    en: 'Not one of the groups of this campaign.',
  },
  minAge: {
    rule: 'min_age',
    ja: '申込できる年齢に達していません。',
    en: 'Below the age at which one may apply.',
  },
  personTwice: {
    rule: 'person_twice',
    ja: '同じ人(氏名・生年月日・住所)がこの一覧に二度あります。',
    en: 'The same person (name, birth date, address) is in the list twice.',
  },
  personThere: {
    rule: 'person_already_applied',
    ja: '同じ人(氏名・生年月日・住所)の申込がすでにあります。先の申込が有効です。',
    en: 'The same person (name, birth date, address) has applied already; the first counts.',
  },
} as const
