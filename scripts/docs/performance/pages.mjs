import { Explained } from '../../lib/run.mjs';
import { draw } from './plot.mjs';
import { cases, environments, overview, points } from './tables.mjs';

/** @typedef {import('./results.mjs').Result} Result */
/** @typedef {import('./results.mjs').Point['by']} Axis */

export const PAGE = 'docs/performance.md';
const FOLDER = 'docs/performance';

const USUAL_DASHBOARDS = 500;

/** What each plot is called, and what stays the same in it. */
const PLOTS = /** @type {const} */ ({
  dashboards: {
    title: 'A change on more and more dashboards',
    subtitle: '100 changes a second in one workspace; both axes logarithmic',
    xTitle: 'dashboards that watch the workspace',
    head: 'dashboards',
  },
  changes: {
    title: 'More and more changes on 500 dashboards',
    subtitle: '500 dashboards watch one workspace; both axes logarithmic',
    xTitle: 'changes a second',
    head: 'changes/s asked for',
  },
  documents: {
    title: 'A change in larger and larger workspaces',
    subtitle:
      '500 dashboards, 100 changes a second in 200 of the documents (all of 10 or 100); axes logarithmic',
    xTitle: 'documents in the workspace (the bare servers know none)',
    head: 'documents',
  },
});

/** The figures of a point that are drawn. */
const PANELS = [
  { figure: 'µs/delivery', title: 'Server CPU a change and dashboard, µs', unit: 'µs' },
  { figure: 'p99 ms', title: 'From a change to the dashboard, 99th percentile, ms', unit: 'ms' },
];

/**
 * Everything that is made of the results.
 * @param {readonly Result[]} results
 * @param {string} page the present page, whose words between the generated parts stay
 * @returns {Record<string, string>} text by path from the root
 * @throws {Explained} where the page lacks a part
 */
export function performancePages(results, page) {
  const plots = /** @type {Axis[]} */ (Object.keys(PLOTS)).filter((axis) => of(results, axis).length > 0);
  const parts = {
    environments: environments(results),
    overview: overview(results),
    ...Object.fromEntries(plots.map((axis) => [`cost-by-${axis}`, illustration(results, axis)])),
    cases: cases(results),
  };
  let text = page;
  for (const [name, content] of Object.entries(parts)) text = replacePart(text, name, content);
  return {
    [PAGE]: text,
    ...Object.fromEntries(
      plots.flatMap((axis) => {
        const plot = plotOf(results, axis);
        return /** @type {const} */ (['light', 'dark']).map((theme) => [
          `${FOLDER}/cost-by-${axis}-${theme}.svg`,
          draw(plot, theme),
        ]);
      }),
    ),
  };
}

/** @param {readonly Result[]} results @param {Axis} axis */
function of(results, axis) {
  return results.filter(({ point }) => point?.by === axis);
}

/**
 * The picture with the numbers behind it.
 * @param {readonly Result[]} results
 * @param {Axis} axis
 */
function illustration(results, axis) {
  const { title, subtitle, head } = PLOTS[axis];
  const source = `performance/cost-by-${axis}`;
  return [
    '<picture>',
    `  <source media="(prefers-color-scheme: dark)" srcset="${source}-dark.svg">`,
    `  <img alt="${title}: server CPU a change and dashboard, and the 99th percentile of the delay, of Doclight, bare ws and bare Socket.IO. ${subtitle}." src="${source}-light.svg">`,
    '</picture>',
    '',
    '<details>',
    '<summary>The numbers</summary>',
    '',
    points(of(results, axis), head),
    '',
    '</details>',
  ].join('\n');
}

/**
 * @param {readonly Result[]} results
 * @param {Axis} axis
 * @returns {import('./plot.mjs').Plot}
 */
function plotOf(results, axis) {
  const { title, subtitle, xTitle } = PLOTS[axis];
  const grown = of(results, axis);
  const usual = of(results, 'dashboards');
  const servers = [...new Set(usual.map(({ point }) => point?.server ?? ''))];
  return {
    title,
    subtitle,
    xTitle,
    panels: PANELS.map(({ figure, ...words }) => ({
      ...words,
      series: servers.map((name) => {
        const points = pointsOf(grown, name, figure);
        // What does not grow with it is what it is at the usual size, where the plots meet.
        const level = pointsOf(usual, name, figure).find(({ x }) => x === USUAL_DASHBOARDS)?.y;
        return { name, points, ...(points.length === 0 && level !== undefined ? { level } : {}) };
      }),
    })),
  };
}

/**
 * @param {readonly Result[]} results of one plot
 * @param {string} server
 * @param {string} figure
 */
function pointsOf(results, server, figure) {
  return results.flatMap(({ point, figures }) =>
    point?.server === server ? [{ x: point.at, y: Number(figures[figure]), saturated: point.saturated }] : [],
  );
}

/**
 * @param {string} page
 * @param {string} name
 * @param {string} content
 */
function replacePart(page, name, content) {
  const [begin, end] = [`<!-- generated: ${name} -->`, '<!-- end -->'];
  const from = page.indexOf(begin);
  const to = page.indexOf(end, from);
  if (from === -1 || to === -1) throw new Explained(`${PAGE} lacks ${begin} … ${end}.`);
  return `${page.slice(0, from + begin.length)}\n\n${content}\n\n${page.slice(to)}`;
}
