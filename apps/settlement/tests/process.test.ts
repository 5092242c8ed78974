import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { approveFile } from '../src/approve/approve.ts'
import { openTills } from './_money.ts'
import { february, ok, openOffice } from './_run.ts'
import { openShop } from './_shop.ts'
import { setStage } from './_stage.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

test('a service that is started finishes the postings of one that was killed', async () => {
  let isKilled = false
  const stage = await setStage({
    onStep: (step) => {
      if (isKilled && step === 'payout_approved:0') throw new Error('killed')
    },
  })
  stage.moveTo('2027-02-10T12:00:00+09:00')
  const tills = openTills(stage)
  const office = await openOffice(stage)
  const shop = await openShop(stage)
  for (const bucket of [0, 1]) await tills.redeem(shop, await tills.openPurse(1, bucket), 500)
  stage.moveTo('2027-02-16T09:00:00+09:00')
  const { runId } = ok(await office.close(february)).body
  const { sha256 } = ok(await office.check(runId)).body
  isKilled = true
  const approval = { runId: String(runId), sha256: String(sha256) }
  const approverId = office.approver.accountId
  await expect(approveFile(stage.service.deps, { ...approval, approverId })).rejects.toThrow(
    'killed',
  )

  const service = spawn(process.execPath, [main], {
    env: { DATABASE_URL: stage.database.urlFor('settlement'), PORT: '0', MINNAKEN_CLOCK: 'moved' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  try {
    const [message] = (await once(service, 'message')) as [{ kind: string; url: string }]
    expect(message).toMatchObject({ kind: 'listening', service: 'settlement' })
    const ready = await fetch(`${message.url}/readyz`)
    expect(await ready.json()).toMatchObject({ status: 'ready' })
    const metrics = await (await fetch(`${message.url}/metrics`)).text()
    expect(metrics).toMatch(/^minnaken_pool_connections\{service="settlement"\} [1-4]$/m)
    expect(metrics).toMatch(/^process_resident_memory_bytes\{service="settlement"\} \d+$/m)
    await expect
      .poll(
        async () =>
          (await stage.owner.selectFrom('settlement.run').select('posted_at').execute())[0],
        { timeout: 10_000 },
      )
      .toMatchObject({ posted_at: expect.any(Date) as Date })
    expect((await stage.verify()).balanced).toBe(true)
  } finally {
    service.kill('SIGTERM')
  }
  const [code] = (await once(service, 'exit')) as [number]
  expect(code).toBe(0)
  await stage.drop()
})
