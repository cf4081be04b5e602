import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkArchitecture } from './architecture.mjs';
import { rules } from './import-rules.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'doclight-rules-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** A tree that breaks nothing: what each planted violation stands in. */
const SOUND: Readonly<Record<string, string>> = {
  'server/protocol/src/index.ts': "export * from './model.js';",
  'server/protocol/src/model.ts': "import { z } from 'zod'; export const user = z.string();",
  'db/src/index.ts': "import pg from 'pg'; export const client = pg;",
  'server/src/main.ts':
    "import './config/config.js'; import './documents/documents.module.js'; import '@doclight/db';",
  'server/src/config/config.ts': 'export const config = {};',
  'server/src/common/events.ts': 'export const events = { emit(): void {} };',
  'server/src/common/access.rules.ts': "import { user } from '@doclight/protocol'; export const may = user;",
  'server/src/presence/core/merge.ts':
    "import '@doclight/protocol'; import './tracker.js'; import '../../common/access.rules.js';",
  'server/src/presence/core/tracker.ts': 'export const tracker = 1;',
  'server/src/presence/presence.store.ts': "import './core/merge.js';",
  'server/src/presence/presence.service.ts':
    "import './presence.store.js'; import { send } from '../realtime/broadcaster.js'; import '../documents/documents.service.js'; send();",
  'server/src/presence/presence.gateway.ts': "import './presence.service.js'; import '@nestjs/common';",
  'server/src/documents/documents.repository.ts':
    "import '@doclight/db'; import { eq } from 'drizzle-orm'; eq();",
  'server/src/documents/documents.service.ts':
    "import './documents.repository.js'; import { events } from '../common/events.js'; events.emit();",
  'server/src/documents/documents.controller.ts':
    "import './documents.service.js'; import '../auth/session.guard.js';",
  'server/src/documents/documents.module.ts':
    "import './documents.controller.js'; import './documents.repository.js';",
  'server/src/documents/documents.service.spec.ts':
    "import './documents.service.js'; import '../testing/people.js'; import '../presence/presence.store.js'; import 'pg';",
  'server/src/auth/session.guard.ts': 'export const guard = 1;',
  'server/src/auth/tokens.ts': 'export const tokens = 1;',
  'server/src/testing/people.ts':
    "import '@doclight/db'; import 'socket.io-client'; import '../../../scripts/lib/paths.mjs';",
  'server/src/realtime/broadcaster.ts':
    "import type { Server } from 'socket.io'; declare const io: Server; export const send = () => io.emit('x');",
  'web/src/app/page.tsx': "import { View } from '@/features/reading/view'; export default () => <View />;",
  'web/src/features/reading/view.tsx':
    "import '@doclight/protocol'; import { Button } from '@/components/button'; export const View = Button;",
  'web/src/features/writing/form.ts': "export { size } from '@/lib/size';",
  'web/src/components/button.tsx': "import '@/lib/size'; export const Button = () => <b />;",
  'web/src/lib/size.ts': 'export const size = 1;',
  'e2e/tests/story.spec.ts': "import '@doclight/protocol'; import '../../scripts/lib/paths.mjs';",
  'scripts/lib/paths.mjs': 'export const root = 1;',
};

/** For every rule, ways to break it: the file, and what is in it. */
const PLANTED: Readonly<Record<string, readonly (readonly [file: string, text: string])[]>> = {
  'no-cycle': [
    ['server/src/presence/core/tracker.ts', "import type { M } from './merge.js'; export type T = M;"],
    ['server/protocol/src/model.ts', "export * from './index.js';"],
    ['web/src/lib/size.ts', "export type Size = import('@/components/button').Size;"],
  ],
  'no-unresolved': [['web/src/lib/size.ts', "import '@/lib/gone';"]],
  'protocol-stands-alone': [
    ['server/protocol/src/model.ts', "import '../../src/common/events.js';"],
    ['server/protocol/src/model.ts', "import '@doclight/db';"],
  ],
  'db-stands-alone': [
    ['db/src/index.ts', "import type { User } from '@doclight/protocol'; export type U = User;"],
    ['db/src/index.ts', "import '../../server/src/config/config.js';"],
  ],
  'web-knows-protocol-only': [
    ['web/src/lib/size.ts', "import '@doclight/db';"],
    ['web/src/lib/size.ts', "export * from '../../../server/src/common/events.js';"],
  ],
  'e2e-knows-protocol-only': [
    ['e2e/tests/story.spec.ts', "import '@doclight/db';"],
    ['e2e/tests/story.spec.ts', "import '../../web/src/lib/size.js';"],
    ['e2e/tests/story.spec.ts', "import '../../server/src/common/events.js';"],
    ['e2e/tests/story.spec.ts', "import '../../scripts/start.mjs';"],
  ],
  'server-knows-protocol-and-db-only': [
    ['server/src/common/events.ts', "const a = await import('../../../web/src/lib/size.js'); export { a };"],
    ['server/src/common/events.ts', "export { root } from '../../../scripts/lib/paths.mjs';"],
  ],
  'server-tests-start-servers-by-scripts': [
    ['server/src/testing/people.ts', "import '../../../scripts/start.mjs';"],
    ['server/src/documents/documents.service.spec.ts', "import '../../../web/src/lib/size.js';"],
  ],
  'pure-stays-pure': [
    ['server/src/presence/core/tracker.ts', "import { Injectable } from '@nestjs/common'; Injectable();"],
    ['server/src/presence/core/tracker.ts', "import { readFileSync } from 'node:fs'; readFileSync('x');"],
    [
      'server/src/presence/core/tracker.ts',
      "import type { Config } from '../../config/config.js'; export type T = Config;",
    ],
    ['server/src/common/access.rules.ts', "import { db } from './events.js'; db();"],
  ],
  'entry-through-service': [
    ['server/src/documents/documents.controller.ts', "import './documents.repository.js';"],
    [
      'server/src/presence/presence.gateway.ts',
      "import type { S } from './presence.store.js'; export type T = S;",
    ],
    ['server/src/documents/documents.listener.ts', "import './documents.repository.js';"],
  ],
  'nothing-flows-back-up': [
    ['server/src/auth/auth.service.ts', "import '../documents/documents.controller.js';"],
    ['server/src/presence/presence.store.ts', "import './presence.gateway.js';"],
  ],
  'repositories-know-no-service': [['server/src/auth/auth.repository.ts', "import './auth.service.js';"]],
  'database-in-repositories': [
    [
      'server/src/documents/documents.service.ts',
      "import type { Db } from '@doclight/db'; export type D = Db;",
    ],
    ['server/src/auth/tokens.ts', "import { sql } from 'drizzle-orm'; sql();"],
    ['server/src/auth/tokens.ts', "import { PGlite } from '@electric-sql/pglite'; PGlite();"],
  ],
  'sockets-in-realtime': [
    [
      'server/src/presence/presence.gateway.ts',
      "import type { Socket } from 'socket.io'; export type S = Socket;",
    ],
    ['server/src/main.ts', "import '@nestjs/platform-socket.io';"],
  ],
  'one-emitter': [
    ['server/src/presence/presence.service.ts', "export const f = (client: C) => client.socket.emit('x');"],
    ['server/src/realtime/rooms.ts', "export const f = (io: S) => io.local.to('r').emit('x');"],
    ['server/src/realtime/rooms.ts', "export const f = (io: S) => io?.['emit']('x');"],
  ],
  'features-through-service': [
    ['server/src/documents/documents.service.ts', "import '../auth/tokens.js';"],
    [
      'server/src/presence/presence.service.ts',
      "import type { R } from '../documents/documents.repository.js'; export type T = R;",
    ],
    ['server/src/realtime/rooms.ts', "export * from '../presence/core/merge.js';"],
  ],
  'base-knows-no-feature': [
    ['server/src/config/config.ts', "import '../auth/session.guard.js';"],
    ['server/src/common/events.ts', "import '../realtime/broadcaster.js';"],
  ],
  'no-test-in-production': [
    ['server/src/documents/documents.service.ts', "import '../testing/people.js';"],
    ['server/src/auth/tokens.ts', "import '../documents/documents.service.spec.js';"],
    ['server/src/main.ts', "import '../bench/load.js';"],
  ],
  'web-features-apart': [
    ['web/src/features/writing/form.ts', "import { View } from '@/features/reading/view'; View();"],
  ],
  'web-flows-down': [['web/src/components/button.tsx', "import '../features/writing/form';"]],
  'web-app-on-top': [['web/src/features/writing/form.ts', "import Page from '@/app/page'; Page();"]],
};

/** Files that only a violation needs, so that its import leads somewhere. */
const TARGETS: Readonly<Record<string, string>> = {
  'server/src/auth/auth.service.ts': '',
  'server/bench/load.ts': '',
  'scripts/start.mjs': '',
};

function plant(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

describe('the rules of the house', () => {
  test('let a sound tree pass', () => {
    plant(SOUND);
    const { violations, files } = checkArchitecture(root);
    expect(violations).toEqual([]);
    expect(files).toBe(Object.keys(SOUND).length);
  });

  test('are held against all of this repository', () => {
    const { files } = checkArchitecture(fileURLToPath(new URL('../../', import.meta.url)));
    expect(files).toBeGreaterThan(100);
  });

  test('are each proven by a violation', () => {
    const names = [...rules.map(({ name }) => name), 'no-cycle', 'one-emitter'];
    expect(Object.keys(PLANTED).sort()).toEqual(names.sort());
  });

  const cases = Object.entries(PLANTED).flatMap(([rule, ways]) =>
    ways.map(([file, text]) => ({ rule, file, text })),
  );
  test.each(cases)('$rule: $file with $text', ({ rule, file, text }) => {
    plant({ ...SOUND, ...TARGETS, [file]: text });
    const broken = checkArchitecture(root).violations.map((violation) => violation.rule);
    expect(broken).toContain(rule);
  });
});
