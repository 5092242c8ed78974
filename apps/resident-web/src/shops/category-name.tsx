import { useWords } from '../words.ts'

const categories = [
  'retail',
  'food',
  'restaurant',
  'service',
  'clinic',
  'dental_clinic',
  'dispensing_pharmacy',
  'taxi',
  'other',
] as const

export type Category = (typeof categories)[number]

const isCategory = (text: string): text is Category => categories.some((each) => each === text)

/** What a shop does, in a word. */
export function CategoryName({ category }: Readonly<{ category: string }>) {
  const { w } = useWords()
  return isCategory(category) ? w(`category.${category}`) : category
}

/** The same as plain text, for a list to choose from. */
export function useCategoryName(): (category: string) => string {
  const { t } = useWords()
  return (category) => (isCategory(category) ? t(`category.${category}`) : category)
}
