import { Screen } from '@minnaken/ui'
import { useWords } from '../words.ts'

export function WalletScreen() {
  const { w } = useWords()
  return <Screen title={w('wallet.title')} />
}
