import { defineConfig } from 'vitest/config'
import { reactIsPreact } from './packages/ui/vite/react-is-preact.ts'

const database = 'packages/db/src/testing-setup.ts'
const browser = 'apps/cli/tests/browser'
const elsewhere = ['**/node_modules/**', `${browser}/**`]
/** Money at risk from what happens at the same moment. */
const races = ['**/*race.test.ts', '**/crash.test.ts']

const shared = {
  // A shared machine may stall any process for seconds; what fails twice is broken.
  retry: process.env['CI'] === undefined || process.env['CI'] === '' ? 0 : 1,
  testTimeout: 60_000,
  hookTimeout: 60_000,
}

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias: reactIsPreact },
        test: {
          ...shared,
          name: 'code',
          // Or it would ask for React, and draw with what no app has.
          server: { deps: { inline: [/\/@tanstack\/react-/] } },
          include: ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'loadtest/**/*.test.ts'],
          exclude: [...elsewhere, ...races],
          globalSetup: [database],
        },
      },
      {
        test: {
          ...shared,
          name: 'races',
          include: races,
          exclude: elsewhere,
          globalSetup: [database],
          // A payment that is taken twice once in three times is taken twice.
          retry: 0,
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          include: [`${browser}/**/*.test.ts`],
          globalSetup: [database, `${browser}/setup.ts`],
          // One after the other, and after all others: browsers take every core there is.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
