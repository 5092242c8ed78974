import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'loadtest/**/*.test.ts'],
    globalSetup: ['packages/db/src/testing-setup.ts'],
    // A shared machine may stall any process for seconds; what fails twice is broken.
    retry: process.env['CI'] === undefined || process.env['CI'] === '' ? 0 : 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
