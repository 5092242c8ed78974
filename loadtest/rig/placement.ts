import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'

/** How a process takes only what everybody else of the machine leaves. */
export type Leftovers = 'cpu.idle' | 'niceness'

/** Where control groups that share out the cores are: version 2, or 1. */
const roots = ['/sys/fs/cgroup', '/sys/fs/cgroup/cpu']

let group: string | null | undefined

/**
 * From now on this process runs only while nothing else wants its core: in an idle control group
 * (systemd's `CPUWeight=idle`), which takes root; as the nicest of all where none can be made.
 */
export function leaveToOthers(pid: number): Leftovers {
  group ??= openGroup()
  if (group !== null) {
    writeFileSync(join(group, 'cgroup.procs'), String(pid))
    return 'cpu.idle'
  }
  setPriority(pid, constants.priority.PRIORITY_LOW)
  try {
    // Linux shares its cores out among sessions first: it is the session that has to be nice.
    writeFileSync(`/proc/${pid}/autogroup`, String(constants.priority.PRIORITY_LOW))
  } catch {
    // Where sessions have no share of their own, that of the process counts.
  }
  return 'niceness'
}

function openGroup(): string | null {
  for (const root of roots) {
    const folder = join(root, `minnaken-bench-${process.pid}`)
    try {
      mkdirSync(folder)
      process.once('exit', () => closeGroup(folder))
      // The file is there at once where a folder is a group, and is not made where it is none.
      writeFileSync(join(folder, 'cpu.idle'), '1', { flag: 'r+' })
      return folder
    } catch {
      // This version is not there, shares out no cores, or is not ours to change.
      closeGroup(folder)
    }
  }
  return null
}

function closeGroup(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // What is still ending keeps it; an empty group does nothing.
  }
}
