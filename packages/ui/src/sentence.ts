export type Dictionary = Readonly<Record<string, string>>

export type Values = Readonly<Record<string, string | number>>

/**
 * The sentence of a key, with `{{name}}` replaced by its value. With a `count`, the sentence of
 * that plural: `key_one` or `key_other`, as the grammar of the language has it.
 *
 * A key without a sentence is shown as it is; a test sees to it that there is none.
 */
export function sentence(
  dictionary: Dictionary,
  { key, values = {}, lang }: Readonly<{ key: string; values?: Values | undefined; lang: string }>,
): string {
  const { count } = values
  const plural =
    typeof count === 'number' ? `${key}_${new Intl.PluralRules(lang).select(count)}` : key
  const text = dictionary[plural] ?? dictionary[`${key}_other`] ?? dictionary[key] ?? key
  return text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => String(values[name] ?? whole))
}
