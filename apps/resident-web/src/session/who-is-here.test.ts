import { storageOf } from '@minnaken/ui/testing'
import { beforeEach, expect, test, vi } from 'vitest'

const stored = new Map<string, string>()
/** What is kept for one window only. */
const inWindow = new Map<string, string>()
let forgotten: string[] = []

beforeEach(() => {
  stored.clear()
  inWindow.clear()
  forgotten = []
  vi.resetModules()
  vi.stubGlobal('localStorage', storageOf(stored))
  vi.stubGlobal('sessionStorage', storageOf(inWindow))
  return () => vi.unstubAllGlobals()
})

const belongings = {
  forgetKey: async () => {
    forgotten.push('key')
  },
  forgetShown: () => void forgotten.push('shown'),
}

/** A phone on which Hana was: her answer, her draft, and a payment of hers that is in doubt. */
async function phoneOfHana() {
  const here = await import('./who-is-here.ts')
  await here.letIn('hana', belongings)
  forgotten = []
  here.keepAnswer('wallet', { spendableYen: 12_500 })
  stored.set('minnaken.draft.SUGU', '{}')
  stored.set('minnaken.pending-payment', '{}')
  inWindow.set('minnaken.shown', '[]')
  return here
}

test('another person finds neither key nor answers of whoever was here before', async () => {
  const here = await phoneOfHana()
  here.nobodyIsHere()
  await here.letIn('jiro', belongings)
  expect(forgotten).toEqual(['key', 'shown'])
  expect([...stored.keys()]).toEqual(['minnaken.owner', 'minnaken.account'])
  expect([...inWindow.keys()]).toEqual([])
  expect(here.keptPerson()).toBe('jiro')
})

test('who comes back finds what was typed and what is in doubt', async () => {
  const here = await phoneOfHana()
  here.nobodyIsHere()
  await here.letIn('hana', belongings)
  expect(forgotten).toEqual([])
  expect(stored.has('minnaken.draft.SUGU')).toBe(true)
  expect(stored.has('minnaken.pending-payment')).toBe(true)
  expect(inWindow.has('minnaken.shown')).toBe(true)
})

test('once a session has ended nobody is taken for signed in', async () => {
  const here = await phoneOfHana()
  expect(here.keptPerson()).toBe('hana')
  here.nobodyIsHere()
  expect(here.keptPerson()).toBe(null)
  expect(here.keptAnswer('wallet')).toBe(null)
  expect(here.wasUsedBefore()).toBe(true)
})

test('nobody is let in beside a key that cannot be thrown away', async () => {
  const here = await phoneOfHana()
  here.nobodyIsHere()
  const stuck = { ...belongings, forgetKey: () => Promise.reject(new Error('stuck')) }
  await expect(here.letIn('jiro', stuck)).rejects.toThrow('stuck')
  expect(here.keptPerson()).toBe(null)
})

test('a window that was left open shows nothing of before when somebody else signed in', async () => {
  const here = await phoneOfHana()
  // What another window has done meanwhile.
  stored.set('minnaken.owner', 'jiro')
  await here.letIn('jiro', belongings)
  expect(forgotten).toEqual(['shown'])
})
