import { defineConfig } from 'vitest/config'

const folder = 'apps/cli/tests/browser'

/** Measures and judges nothing: for `npm run bench:screens`, on a machine that does nothing else. */
export default defineConfig({
  test: {
    include: [`${folder}/measure-*.ts`],
    globalSetup: ['packages/db/src/testing-setup.ts', `${folder}/setup.ts`],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
