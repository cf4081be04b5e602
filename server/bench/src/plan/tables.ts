import type { Costs } from './costs.js';
export function describePlan(costs: Costs): string {
  return JSON.stringify(costs, null, 1);
}
