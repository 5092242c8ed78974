import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { runUntilSignal, serve } from '../src/index.ts'
import { testService } from './_service.ts'

// A process like a service's main.ts. It says when its slow route is at work, and breaks when told.
const { service } = testService({
  write: (line) => writeSync(1, line),
  work: () => {
    process.send?.('begun')
    return sleep(Number(process.argv[2]))
  },
})
const running = await serve(service, { port: 0, noticeMs: 50 })
runUntilSignal({
  drain: running.drain,
  close: async () => {
    writeSync(1, 'closed the pools\n')
  },
  log: service.log,
})
process.on('message', (how) => {
  if (how === 'throw') throw new Error('CANARY')
  if (how === 'reject') void Promise.reject(new Error('CANARY'))
})
process.send?.(running.url)
