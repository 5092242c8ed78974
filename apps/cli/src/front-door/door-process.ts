import { announce, createLog, runUntilSignal, yieldToTills } from '@minnaken/http'
import type { DoorOrder } from './door-processes.ts'
import { openDoors } from './front-door.ts'
import { readPages } from './pages.ts'

/* One front door, as a process of its own: what startDoors starts. */

const { name, port, pages: folder, urls } = JSON.parse(process.argv[2] ?? '') as DoorOrder
const log = createLog({ service: `door-${name}` })
// The tills' payments pass through the shops' door.
if (name !== 'shop') yieldToTills()
const pages = folder === null ? new Map() : await readPages(folder)
const doors = await openDoors({ urls, doors: [{ port, pages }] })
runUntilSignal({ drain: doors.stop, log })
announce(`door-${name}`, `http://127.0.0.1:${doors.ports[0]}`)
