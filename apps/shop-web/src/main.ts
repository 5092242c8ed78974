import './app.css'
import { startWords, warmAmounts } from '@minnaken/ui'
import { readTill } from './till/kept-till.ts'

/*
 * The first thing that runs: while the program of the screens is on its way, the words are sent for,
 * and the browser is asked whether this device is a till.
 */
const app = import('./app.tsx')
void readTill()
const words = startWords(import.meta.glob('../words/*.json', { import: 'default' }), [warmAmounts])
void Promise.all([app, words]).then(([{ openApp }]) => openApp())
