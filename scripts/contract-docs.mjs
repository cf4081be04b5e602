import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { publish } from './lib/publish.mjs';
import { command } from './lib/run.mjs';

// `npm run docs`: publishes the contract from the schemas that the server itself parses with. With --check
// it writes nothing, and fails where the published pages say something else.

await command(async () => {
  await prepare(['protocol']);
  publish(await generate(), {
    check: process.argv.includes('--check'),
    stale: 'not what the schemas say. Run npm run docs.',
  });
});

/** @returns {Promise<Record<string, string>>} text by path; loaded late, since it needs the built protocol */
async function generate() {
  const { openApi } = await import('./docs/openapi.mjs');
  const { socketEvents } = await import('./docs/socket-events.mjs');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return {
    'docs/openapi.json': `${JSON.stringify(openApi(version), null, 2)}\n`,
    'docs/socket-events.md': socketEvents(),
  };
}
