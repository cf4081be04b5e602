import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { prepare } from './lib/prepare.mjs';
import { command, Explained } from './lib/run.mjs';

// `npm run docs`: publishes the contract from the schemas that the server itself parses with. With --check
// it writes nothing, and fails where the published pages say something else.

await command(async () => {
  await prepare(['protocol']);
  const pages = await generate();
  if (process.argv.includes('--check')) {
    const stale = Object.entries(pages).filter(([path, text]) => read(path) !== text);
    if (stale.length === 0) return;
    throw new Explained(
      `${stale.map(([path]) => path).join(' and ')}: not what the schemas say. Run npm run docs.`,
    );
  }
  mkdirSync(join(root, 'docs'), { recursive: true });
  for (const [path, text] of Object.entries(pages)) writeFileSync(join(root, path), text);
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

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}
