import './app.css'
import { startWords, warmAmounts, warmDays } from '@minnaken/ui'
import { keptPerson } from './session/who-is-here.ts'

/*
 * The first thing that runs, and soon, since it is short. While the program of the screens is on its
 * way, everything else that the first screen needs is sent for.
 */
const app = import('./app.tsx')
// Any screen needs how to ask, and would find that out by itself one round trip later.
const wallet = import('./wallet/wallet-answer.ts')
const words = startWords(import.meta.glob('../words/*.json', { import: 'default' }), [
  warmAmounts,
  warmDays,
])
if (location.pathname === '/') {
  if (keptPerson() === null) void import('./session/welcome-screen.tsx')
  else {
    void wallet.then(({ askForWallet }) => askForWallet())
    void import('./wallet/wallet-screen.tsx')
  }
}
void Promise.all([app, words]).then(([{ openApp }]) => openApp())
