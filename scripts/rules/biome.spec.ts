import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** What Biome's configuration has to refuse, and what it has to let pass: rule or nothing, file, text. */
const CASES: readonly (readonly [rule: string | undefined, file: string, text: string])[] = [
  ['noExplicitAny', 'server/src/a.ts', 'export const a: any = 1;'],
  ['noExplicitAny', 'web/src/b.ts', 'export const a = 1 as unknown as any;'],
  ['noTsIgnore', 'web/src/c.ts', '// @ts-ignore\nexport const a: string = 1;'],
  ['noProcessEnv', 'server/src/d.ts', 'export const a = process.env.HOME;'],
  ['noProcessEnv', 'server/src/e.ts', "import { env } from 'node:process';\nexport const a = env.HOME;"],
  ['noProcessEnv', 'db/src/f.ts', 'export const a = process.env.HOME;'],
  ['noProcessEnv', 'web/src/g.ts', 'export const a = process.env.HOME;'],
  [undefined, 'server/src/config/h.ts', 'export const a = process.env.HOME;\n'],
  [undefined, 'scripts/i.mjs', 'export const a = process.env.HOME;\n'],
  [undefined, 'server/src/j.int-spec.ts', 'export const a = process.env.HOME;\n'],
  [
    'noRestrictedImports',
    'server/src/k.ts',
    "import { forwardRef } from '@nestjs/common';\nexport const a = forwardRef;",
  ],
  [
    'noRestrictedImports',
    'server/src/l.ts',
    "import { WebSocketServer } from '@nestjs/websockets';\nexport const a = WebSocketServer;",
  ],
  ['noRestrictedGlobals', 'server/src/presence/core/m.ts', 'setTimeout(() => {}, 1);'],
  ['noRestrictedGlobals', 'server/src/common/n.rules.ts', "console.log('x');"],
  ['noFocusedTests', 'server/src/o.spec.ts', "import { test } from 'vitest';\ntest.only('x', () => {});"],
  ['noSkippedTests', 'server/src/p.spec.ts', "import { test } from 'vitest';\ntest.skip('x', () => {});"],
  ['useImportType', 'web/src/q.ts', "import { A } from './r';\nexport const a: A = 1;"],
  // Nest finds what to inject by the imported class: a type-only import would take it away.
  [undefined, 'server/src/s.ts', "import { A } from './a.js';\n\nexport const a: A = 1;\n"],
];

interface Report {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly location?: { readonly path?: unknown };
  }[];
}

describe('Biome with our configuration', () => {
  let root: string;
  let report: Report;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'doclight-biome-'));
    cpSync(join(repository, 'biome.json'), join(root, 'biome.json'));
    for (const [, file, text] of CASES) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    report = lint();
  });
  afterAll(() => rmSync(root, { recursive: true }));

  function lint(): Report {
    const args = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none'];
    const biome = join(repository, 'node_modules/@biomejs/biome/bin/biome');
    try {
      return JSON.parse(
        execFileSync(process.execPath, [biome, ...args], { cwd: root, encoding: 'utf8', stdio: 'pipe' }),
      );
    } catch (error) {
      // It ends with an error status, as it should: what it found is in its output.
      if (error instanceof Error && 'stdout' in error) return JSON.parse(String(error.stdout));
      throw error;
    }
  }

  test.each(CASES)('%s in %s', (rule, file) => {
    const found = report.diagnostics
      .filter(({ location }) => JSON.stringify(location?.path ?? '').includes(file))
      .map(({ category }) => category.split('/').at(-1));
    if (rule === undefined) expect(found).toEqual([]);
    else expect(found).toContain(rule);
  });
});
