import { storageOf } from '@minnaken/ui/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetApplication, keepApplication, readApplication } from './application-draft.ts'

const stored = new Map<string, string>()

beforeEach(() => {
  stored.clear()
  stored.set('minnaken.owner', 'owner 1')
  vi.stubGlobal('localStorage', storageOf(stored))
})
afterEach(() => vi.unstubAllGlobals())

const typed = () => {
  const empty = readApplication()
  return { ...empty, facts: { ...empty.facts, name: 'みらい商店' } }
}

test('what an owner typed is there when they come back', () => {
  keepApplication(typed())
  // The session ended, and they signed in again.
  stored.delete('minnaken.owner')
  expect(readApplication().facts.name).toBe('')
  stored.set('minnaken.owner', 'owner 1')
  expect(readApplication()).toMatchObject(typed())
})

test('another owner sees nothing of it', () => {
  keepApplication(typed())
  stored.set('minnaken.owner', 'owner 2')
  expect(readApplication().facts.name).toBe('')
})

test('what was sent is gone', () => {
  keepApplication(typed())
  forgetApplication()
  expect(readApplication().facts.name).toBe('')
})
