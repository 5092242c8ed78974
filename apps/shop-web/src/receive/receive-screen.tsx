import { Screen } from '@minnaken/ui'
import { useWords } from '../words.ts'

export function ReceiveScreen() {
  const { w } = useWords()
  return <Screen title={w('receive.title')} />
}
