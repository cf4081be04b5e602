import { publish, readPage } from '../../lib/publish.mjs';
import { Explained } from '../../lib/run.mjs';
import { PAGE, performancePages } from './pages.mjs';
import { RESULTS, readResults } from './results.mjs';

/**
 * Makes tables and plots of what was recorded.
 * @param {object} options
 * @param {boolean} options.check write nothing, and fail where they are not what was recorded
 * @throws {Explained}
 */
export function publishPerformance({ check }) {
  const page = readPage(PAGE);
  if (page === undefined) throw new Explained(`${PAGE} is missing: its words are written by hand.`);
  publish(performancePages(readResults(), page), {
    check,
    stale: `not what ${RESULTS} says. Run npm run bench -- --report.`,
  });
}
