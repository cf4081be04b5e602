import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../../../../scripts/lib/paths.mjs';
import type { Costs } from './costs.js';
import { RECORDED } from './recorded.js';
import { describePlan } from './tables.js';

/** The plan, with prose around the tables that are computed. */
export const SCALING_PLAN = join(root, 'docs', 'scaling.md');

/** The text with its tables computed anew: each stands between `<!-- NAME -->` and `<!-- /NAME -->`. */
export function inScalingPlan(text: string, costs: Costs): string {
  let result = text;
  for (const [name, table] of Object.entries(describePlan(costs))) {
    const marks = new RegExp(`<!-- ${name} -->[^]*<!-- /${name} -->`);
    if (!marks.test(result)) throw new Error(`docs/scaling.md has no place for the table "${name}"`);
    result = result.replace(marks, () => `<!-- ${name} -->\n${table}\n<!-- /${name} -->`);
  }
  return result;
}

// Run by itself, after the recorded costs have changed and the benchmark was built.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(SCALING_PLAN, inScalingPlan(readFileSync(SCALING_PLAN, 'utf8'), RECORDED));
}
