import './app.css'
import { queries, startWords } from '@minnaken/ui'
import { keptPerson } from './session/who-is-here.ts'
import { walletAnswer } from './wallet/wallet-answer.ts'

/*
 * The first thing that runs. The program of the screens is ten times as long as this one: while it
 * is on its way, everything else that the first screen needs is sent for.
 */
const app = import('./app.tsx')
const words = startWords(import.meta.glob('../words/*.json', { import: 'default' }))
if (location.pathname === '/') {
  if (keptPerson() === null) void import('./session/welcome-screen.tsx')
  else {
    void import('./wallet/wallet-screen.tsx')
    void queries.prefetchQuery(walletAnswer)
  }
}
void Promise.all([app, words]).then(([{ openApp }]) => openApp())
