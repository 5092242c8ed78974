import { useWords } from './words.ts'

/** What a kind of voucher is called: in the reader's language where it has a name there. */
export function KindName({ kind, label }: Readonly<{ kind: string; label?: string | undefined }>) {
  const { w } = useWords()
  if (kind === 'COMMON') return w('kind.COMMON')
  if (kind === 'LIMITED') return w('kind.LIMITED')
  return <span lang="ja">{label ?? kind}</span>
}
