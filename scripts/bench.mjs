import { followParent } from './lib/follow-parent.mjs';
import { prepare } from './lib/prepare.mjs';
import { command, Explained } from './lib/run.mjs';

// `npm run bench [-- CASE… --short --record --output FILE --outcome FILE]`: what Doclight costs, beside bare servers
// in the same run. The benchmark runs in this very process, so that a signal to it needs nobody to pass it on.
// `npm run bench -- --report [--check]`: measures nothing, and makes docs/performance.md of what was recorded.
await command(async () => {
  const args = process.argv.slice(2);
  if (args.includes('--report')) return report(args);
  followParent();
  await prepare(['server', 'web', 'bench']);
  await import(new URL('../server/bench/dist/main.js', import.meta.url).href);
});

/** @param {readonly string[]} args */
async function report(args) {
  const other = args.find((arg) => arg !== '--report' && arg !== '--check');
  if (other !== undefined)
    throw new Explained(`--report measures nothing: it takes --check, and not ${other}.`);
  await prepare([]);
  const { publishPerformance } = await import('./docs/performance/publish.mjs');
  publishPerformance({ check: args.includes('--check') });
}
