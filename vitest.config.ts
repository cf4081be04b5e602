import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const exclude = ['**/node_modules/**', '**/dist/**'];

/**
 * Unit tests (`*.spec.ts`) need nothing but Node; integration tests (`*.int-spec.ts`) need a real
 * PostgreSQL, whose URL they find in `TEST_DATABASE_URL`. Both run against the sources of our own
 * packages, so that a watch run needs no build.
 */
export default defineConfig({
  resolve: {
    alias: {
      '@doclight/protocol': path('server/protocol/src/index.ts'),
      '@doclight/db': path('db/src/index.ts'),
    },
  },
  test: {
    allowOnly: false,
    // vitest fails a run without any test; a project without one is noticed by `npm test`.
    passWithNoTests: false,
    // A limit for what hangs, not a measure: on two busy cores a sound test may wait long for its turn.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['{server,db,scripts,e2e/chaos}/**/*.spec.ts'], exclude },
      },
      { extends: path('web/vitest.config.ts'), root: path('web'), test: { name: 'web' } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{server,db,scripts}/**/*.int-spec.ts'],
          exclude,
          globalSetup: path('scripts/lib/integration-setup.mjs'),
          // See docs/decisions.md; a test that needed it is printed with its retries.
          retry: 1,
        },
      },
    ],
  },
});
