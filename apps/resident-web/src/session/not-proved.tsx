import { type NoPasskeys, Notice, type NotProved } from '@minnaken/ui'
import { useWords } from '../words.ts'

/** Whoever holds the phone did not prove to be its owner, or the browser knows no passkeys. */
export function NotProvedNotice({ why }: Readonly<{ why: NotProved | NoPasskeys }>) {
  const { w } = useWords()
  return why.kind === 'not_proved' ? (
    <Notice isAnswer kind="warning" title={w('welcome.not_proved')}>
      {w('welcome.not_proved_text')}
    </Notice>
  ) : (
    <Notice kind="error" title={w('welcome.no_passkeys')}>
      {w('welcome.no_passkeys_text')}
    </Notice>
  )
}
