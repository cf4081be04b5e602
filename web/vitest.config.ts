import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Lets `npx vitest run --root web` run the web's unit tests alone; `npm test` has its own projects. */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic' } },
  resolve: {
    tsconfigPaths: true,
    alias: {
      '@doclight/protocol': fileURLToPath(new URL('../server/protocol/src/index.ts', import.meta.url)),
    },
  },
  test: { include: ['src/**/*.spec.{ts,tsx}'], allowOnly: false, testTimeout: 60_000 },
});
