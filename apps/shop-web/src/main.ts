import './app.css'
import { startWords } from '@minnaken/ui'

/* The first thing that runs: the words are sent for while the program of the screens is on its way. */
const app = import('./app.tsx')
const words = startWords(import.meta.glob('../words/*.json', { import: 'default' }))
void Promise.all([app, words]).then(([{ openApp }]) => openApp())
