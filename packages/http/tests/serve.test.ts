import { expect, test } from 'vitest'
import { serve } from '../src/index.ts'
import { post, problemOf, testService } from './_service.ts'

test('a declared route answers over a socket, and a broken body is told its field and rule', async () => {
  const { service } = testService()
  const running = await serve(service, { port: 0, noticeMs: 0 })
  const good = await fetch(`${running.url}/v1/payments`, post('{"amountYen":100}'))
  expect([good.status, await good.json()]).toEqual([201, { amountYen: 100 }])
  const bad = await problemOf(await fetch(`${running.url}/v1/payments`, post('{"amountYen":1e2}')))
  expect(bad).toMatchObject({ code: 'invalid_field', faults: [{ field: 'amountYen' }] })
  await running.drain()
})
