import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Measures and judges nothing: for `npm run bench:screens`, on a machine that does nothing else. */
export default defineConfig({
  test: {
    root: here('../../../..'),
    include: ['apps/cli/tests/browser/measure-*.ts'],
    globalSetup: [here('../../../../packages/db/src/testing-setup.ts'), here('setup.ts')],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
