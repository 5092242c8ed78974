import { fileURLToPath } from 'node:url'
import type { Origins } from '../platform/addresses.ts'
import { type Processes, startProcesses } from '../platform/processes.ts'
import type { ServiceUrls } from '../platform/services.ts'

type DoorName = keyof Origins

/** A front door that is to be opened. */
export type DoorPlan = Readonly<{
  name: DoorName
  port: number
  /** The folder of the built app; none at a door that is for programs only. */
  pages: string | null
}>

/** What a door's process is told. */
export type DoorOrder = DoorPlan & Readonly<{ urls: ServiceUrls }>

const main = fileURLToPath(new URL('./door-process.ts', import.meta.url))

/**
 * Opens front doors, each as a process of its own: a crowd at the residents' door takes no turn of
 * the one through which the tills' payments pass.
 */
export const startDoors = ({
  urls,
  doors,
  logFolder,
}: Readonly<{ urls: ServiceUrls; doors: readonly DoorPlan[]; logFolder: string }>): Promise<
  Processes<string>
> =>
  startProcesses(
    doors.map((door) => {
      const order: DoorOrder = { ...door, urls }
      const env = { PATH: process.env['PATH'], TZ: 'Asia/Tokyo' }
      return { name: `door-${door.name}`, main, args: [JSON.stringify(order)], env }
    }),
    logFolder,
  )
