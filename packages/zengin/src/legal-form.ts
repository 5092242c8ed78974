/** What a name would look like with its legal form shortened as the banks want it. */
export type LegalFormSuggestion =
  /** No legal form and no business term in it: nothing to shorten. */
  | Readonly<{ kind: 'none' }>
  | Readonly<{
      kind: 'found'
      /** The legal form as it is written, or null if only business terms were shortened. */
      form: string | null
      place: 'front' | 'middle' | 'end' | null
      /** The name with the form shortened. Kanji are left as they are: their reading is the shop's to say. */
      suggestion: string
    }>
  /** A name has one legal form; with two of them a person has to decide. */
  | Readonly<{ kind: 'ambiguous'; forms: readonly string[] }>

/** After the banks' tables of abbreviations (zengin.md §3). */
const legalForms: readonly (readonly [string, string])[] = byLength([
  ['カ', '株式会社 (株) ㈱'],
  ['ユ', '有限会社 (有) ㈲'],
  ['メ', '合名会社 (名) ㈴'],
  ['シ', '合資会社 (資) ㈾'],
  ['ド', '合同会社 (同)'],
  ['イ', '医療法人 医療法人社団 医療法人財団 社会医療法人'],
  ['ザイ', '財団法人 一般財団法人 公益財団法人'],
  ['シヤ', '社団法人 一般社団法人 公益社団法人'],
  ['シユウ', '宗教法人'],
  ['ガク', '学校法人'],
  ['フク', '社会福祉法人'],
  ['ホゴ', '更生保護法人'],
  ['ソ', '相互会社'],
  ['トクヒ', '特定非営利活動法人'],
  ['ドク', '独立行政法人'],
  ['チドク', '地方独立行政法人'],
  ['ベン', '弁護士法人'],
  ['ギヨ', '行政書士法人'],
  ['シホウ', '司法書士法人'],
  ['ゼイ', '税理士法人'],
  ['ロウム', '社会保険労務士法人'],
  ['ダイ', '国立大学法人 公立大学法人'],
  ['ノウ', '農事組合法人'],
  ['カンリ', '管理組合法人'],
  ['チユウ', '有限責任中間法人 無限責任中間法人'],
])

const offices: readonly (readonly [string, string])[] = byLength([
  ['エイ', '営業所'],
  ['シユツ', '出張所'],
])

/** Terms of a trade: shortened without a bracket, wherever they stand. */
const businessTerms: readonly (readonly [string, string])[] = byLength([
  ['レン', '連合会'],
  ['キヨウクミ', '協同組合'],
  ['ケンポ', '健康保険組合'],
  ['コクホ', '国民健康保険組合'],
  ['コクホレン', '国民健康保険団体連合会'],
  ['シヤホ', '社会保険診療報酬支払基金'],
  ['キヨウサイ', '共済組合'],
  ['セイメイ', '生命保険'],
  ['カイジヨウ', '海上火災保険'],
  ['カサイ', '火災海上保険'],
  ['コウネン', '厚生年金基金'],
  ['ロウクミ', '労働組合'],
  ['シヤキヨウ', '社会福祉協議会'],
  ['ギヨレン', '漁業協同組合連合会'],
  ['ノウキヨウレン', '農業協同組合連合会'],
])

function byLength(rows: readonly (readonly [string, string])[]): readonly [string, string][] {
  return rows
    .flatMap(([short, written]) =>
      written.split(' ').map((form): [string, string] => [form, short]),
    )
    .toSorted(([a], [b]) => b.length - a.length)
}

/**
 * Shortens the legal form in a name as the banks' account names have it:
 * in front `カ)ミナト`, at the end `ミナト(カ`, in the middle `ミナト(カ)シバシテン`.
 *
 * One form per name and no space beside it. A suggestion only: what counts is the name in the
 * bank book. It never reads a kanji; the normaliser refuses what is left of them.
 */
export function suggestLegalForm(name: string): LegalFormSuggestion {
  const text = name.trim().replaceAll('（', '(').replaceAll('）', ')')
  const forms = occurrences(text, legalForms)
  if (forms.length > 1) return { kind: 'ambiguous', forms: forms.map(({ form }) => form) }
  const found = forms[0]
  const shortened = found ? bracketed(text, found) : text
  const branch = occurrences(shortened, offices).find(
    ({ at, form }) => at > 0 && at + form.length === shortened.length,
  )
  const suggestion = shortenTerms(branch ? bracketed(shortened, branch) : shortened)
  if (suggestion === text) return { kind: 'none' }
  if (!found) return { kind: 'found', form: null, place: null, suggestion }
  return { kind: 'found', form: found.form, place: placeOf(text, found), suggestion }
}

type Occurrence = Readonly<{ form: string; short: string; at: number }>

/** Every form that stands in a text; of forms within each other only the longest. */
function occurrences(
  text: string,
  forms: readonly (readonly [string, string])[],
): readonly Occurrence[] {
  const found: Occurrence[] = []
  for (const [form, short] of forms)
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + form.length)) {
      const isInside = found.some(
        (other) => at < other.at + other.form.length && other.at < at + form.length,
      )
      if (!isInside) found.push({ form, short, at })
    }
  return found.toSorted((a, b) => a.at - b.at)
}

const placeOf = (text: string, { form, at }: Occurrence): 'front' | 'middle' | 'end' =>
  at === 0 ? 'front' : at + form.length === text.length ? 'end' : 'middle'

function bracketed(text: string, found: Occurrence): string {
  const place = placeOf(text, found)
  const open = place === 'front' ? '' : '('
  const close = place === 'end' ? '' : ')'
  const before = text.slice(0, found.at).trimEnd()
  const after = text.slice(found.at + found.form.length).trimStart()
  return `${before}${open}${found.short}${close}${after}`
}

function shortenTerms(text: string): string {
  let shortened = text
  for (const { form, short } of occurrences(text, businessTerms))
    shortened = shortened.replace(form, short)
  return shortened
}
