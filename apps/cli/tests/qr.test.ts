import { describe, expect, test } from 'vitest'
import { minnaken } from './_command.ts'

const jpqr =
  '0002016003xxx01021129300012D156000000000510A93FO3230Q31280012D156000000010308123456782668' +
  '0019jp.or.paymentsjapan01130000000000001020400010306000001040600000153033925903xxx6418' +
  '0002JA0108メルペイ カフェ520441115802JP610710661436304DEE9'

describe('minnaken qr inspect', () => {
  test('tells a code of other companies and what it says, as one JSON value', async () => {
    const { code, stdout, stderr } = await minnaken(['qr', 'inspect', jpqr, '--json'])
    expect([code, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'jpqr', ours: false, valid: true, faults: [] })
  })

  test('reads what a scanner typed, with its line break, and names what is wrong', async () => {
    const stdin = `${jpqr.replace('DEE9', 'DEE8')}\r\n`
    const { code, stdout } = await minnaken(['qr', 'inspect', '-', '--json'], { stdin })
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ valid: false, faults: [{ rule: 'crc' }] })
  })

  test('knows a shop of ours by where our app lives', async () => {
    const env = { MINNAKEN_ORIGIN_RESIDENT: 'https://ken.example' }
    const text = 'https://ken.example/s/1000015'
    const ours = await minnaken(['qr', 'inspect', text], { env })
    expect(ours.code).toBe(0)
    expect(ours.stdout).toContain('shopNo: 100001')
    const elsewhere = await minnaken(['qr', 'inspect', text, '--json'])
    expect(elsewhere.code).toBe(1)
    expect(JSON.parse(elsewhere.stdout)).toMatchObject({ ours: false, faults: [{ rule: 'host' }] })
  })

  test.each([
    ['no text', ['qr', 'inspect']],
    ['two texts', ['qr', 'inspect', 'a', 'b']],
    ['an unknown option', ['qr', 'inspect', '--yaml']],
  ])('with %s is wrong usage', async (_, args) => {
    const { code, stdout, stderr } = await minnaken(args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('minnaken qr inspect TEXT|- [--json]')
  })
})
