import { scaleLog } from 'd3-scale';
import { line, symbol, symbolCircle, symbolSquare, symbolTriangle } from 'd3-shape';
import { show } from './tables.mjs';

/**
 * One line of a panel.
 * @typedef {object} Series
 * @property {string} name a key of `SERIES`
 * @property {readonly { x: number, y: number, saturated: boolean }[]} points by growing `x`
 * @property {number} [level] instead of points: the same everywhere
 */

/**
 * A picture of panels one above the other, which share what grows to the right. All axes are logarithmic.
 * @typedef {object} Plot
 * @property {string} title what is seen
 * @property {string} subtitle under what circumstances
 * @property {string} xTitle
 * @property {readonly { title: string, unit: string, series: readonly Series[] }[]} panels
 */

/** @typedef {'light' | 'dark'} Theme */

const WIDTH = 720;
const LEFT = 52;
const RIGHT = 116;
const TOP = 88;
const PANEL = 168;
const GAP = 52;
const BOTTOM = 66;
/** From one label at the end of a line to the next, at least. */
const LABEL = 16;
const MARK_AREA = 58;

const THEMES = {
  light: { paper: '#ffffff', ink: '#18181b', quiet: '#5b5b66', grid: '#e6e6ea' },
  dark: { paper: '#0d1117', ink: '#f0f0f3', quiet: '#a3a3b0', grid: '#2b2f38' },
};

/** What is drawn last lies on top. Shapes and dashes tell the lines apart where colours do not. */
const SERIES = {
  'bare Socket.IO': { mark: symbolTriangle, dash: '7 4', light: '#5b6470', dark: '#a8b2bf' },
  'bare ws': { mark: symbolSquare, dash: '2 4', light: '#b4540a', dark: '#f0a35e' },
  Doclight: { mark: symbolCircle, dash: '', light: '#4753d6', dark: '#949eff' },
};

/**
 * @param {Plot} plot
 * @param {Theme} theme
 * @returns {string} an SVG that depends on nothing but its arguments
 */
export function draw(plot, theme) {
  const { panels, title, subtitle, xTitle } = plot;
  const colours = THEMES[theme];
  const bottom = TOP + panels.length * PANEL + (panels.length - 1) * GAP;
  const height = bottom + BOTTOM;
  const all = panels.flatMap(({ series }) => series.flatMap(({ points }) => points));
  const xs = [...new Set(all.map(({ x }) => x))].sort((a, b) => a - b);
  const x = scaleLog([xs[0] ?? 1, xs.at(-1) ?? 10], [LEFT + 10, WIDTH - RIGHT - 10]);
  const body = panels.map((panel, i) => drawPanel(panel, x, xs, TOP + i * (PANEL + GAP), theme));
  const ticks = xs.map((value) => text(x(value), bottom + 18, show(value), 'quiet middle'));
  const note = all.some(({ saturated }) => saturated)
    ? [text(LEFT, height - 8, 'Hollow: saturated, the server’s core or the load’s was full.', 'quiet')]
    : [];
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="desc">${escapeXml(describe(plot))}</desc>`,
    '<style>',
    'text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;font-variant-numeric:tabular-nums}',
    `.ink{fill:${colours.ink}}.quiet{fill:${colours.quiet}}.title{font-size:17px;font-weight:600}.strong{font-weight:600}`,
    `.middle{text-anchor:middle}.end{text-anchor:end}.halo{paint-order:stroke;stroke:${colours.paper};stroke-width:4px}`,
    '</style>',
    `<rect width="${WIDTH}" height="${height}" rx="8" fill="${colours.paper}"/>`,
    text(16, 30, title, 'ink title'),
    text(16, 51, subtitle, 'quiet'),
    ...body.flat(),
    ...ticks,
    text((LEFT + WIDTH - RIGHT) / 2, bottom + 38, xTitle, 'ink middle'),
    ...note,
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * @param {Plot['panels'][number]} panel
 * @param {import('d3-scale').ScaleLogarithmic<number, number>} x
 * @param {readonly number[]} xs where something was measured
 * @param {number} top
 * @param {Theme} theme
 */
function drawPanel({ title, series }, x, xs, top, theme) {
  const values = series.flatMap(({ points, level }) => [
    ...points.map((point) => point.y),
    ...(level === undefined ? [] : [level]),
  ]);
  const { from, to, ticks } = steps(values);
  const y = scaleLog([from, to], [top + PANEL, top]);
  const { grid, paper } = THEMES[theme];
  const right = WIDTH - RIGHT;
  const frame = [
    text(LEFT, top - 14, title, 'ink strong'),
    ...ticks.map((value) => `<path d="M${LEFT} ${fixed(y(value))}H${right}" stroke="${grid}"/>`),
    ...xs.map((value) => `<path d="M${fixed(x(value))} ${top}v${PANEL}" stroke="${grid}"/>`),
    ...ticks.map((value) => text(LEFT - 8, y(value) + 4, show(value), 'quiet end')),
  ];
  const path = line().digits(1);
  const marks = series.flatMap(({ name, points, level }) => {
    const { mark, dash, ...colour } = styleOf(name);
    const ends = level === undefined ? points : xs.map((at) => ({ x: at, y: level, saturated: false }));
    const places = ends.map((point) => /** @type {[number, number]} */ ([x(point.x), y(point.y)]));
    const shape = symbol(mark, MARK_AREA).digits(2)();
    return [
      `<path d="${path(places)}" fill="none" stroke="${colour[theme]}" stroke-width="2"${dash ? ` stroke-dasharray="${dash}"` : ''}/>`,
      ...(level === undefined ? points : []).map(
        (point) =>
          `<path d="${shape}" transform="translate(${fixed(x(point.x))} ${fixed(y(point.y))})" fill="${point.saturated ? paper : colour[theme]}" stroke="${colour[theme]}" stroke-width="1.5"/>`,
      ),
    ];
  });
  return [...frame, ...marks, ...labels(series, x, y, xs, theme)];
}

/**
 * The name of each line at its end, moved up or down where two would overlap.
 * @param {readonly Series[]} series
 * @param {import('d3-scale').ScaleLogarithmic<number, number>} x
 * @param {import('d3-scale').ScaleLogarithmic<number, number>} y
 * @param {readonly number[]} xs
 * @param {Theme} theme
 */
function labels(series, x, y, xs, theme) {
  const wanted = series
    .flatMap(({ name, points, level }) => {
      const end = level === undefined ? points.at(-1) : { x: xs.at(-1) ?? 1, y: level };
      return end ? [{ name, x: x(end.x) + 11, y: y(end.y) + 4 }] : [];
    })
    .sort((a, b) => a.y - b.y);
  for (let i = 1; i < wanted.length; i += 1) {
    const [above, below] = [wanted[i - 1], wanted[i]];
    const missing = above && below ? LABEL - (below.y - above.y) : 0;
    if (!above || !below || missing <= 0) continue;
    above.y -= missing / 2;
    below.y += missing / 2;
  }
  return wanted.map(
    ({ name, x: left, y: base }) =>
      `<text x="${fixed(left)}" y="${fixed(base)}" class="strong halo" fill="${styleOf(name)[theme]}">${escapeXml(name)}</text>`,
  );
}

/**
 * The steps 1, 2, 5, 10 … that enclose the values.
 * @param {readonly number[]} values
 */
function steps(values) {
  const all = Array.from({ length: 30 }, (_, i) => Number(`${[1, 2, 5][i % 3]}e${Math.floor(i / 3) - 3}`));
  const from = all.findLast((step) => step <= Math.min(...values)) ?? 0.001;
  const to = all.find((step) => step >= Math.max(...values)) ?? 1e6;
  const within = all.filter((step) => step >= from && step <= to);
  // Of many, the powers of ten are enough.
  const ticks = within.length <= 8 ? within : within.filter((step) => Number.isInteger(Math.log10(step)));
  return { from, to, ticks };
}

/** @param {Plot} plot @returns {string} the numbers for whoever does not see the picture */
function describe({ panels, subtitle }) {
  const words = panels.map(({ title, unit, series }) => {
    const lines = series.map(({ name, points, level }) =>
      level === undefined
        ? `${name}: ${points.map((p) => `${show(p.y)} at ${show(p.x)}${p.saturated ? ' (saturated)' : ''}`).join(', ')}`
        : `${name}: always ${show(level)}`,
    );
    return `${title} (${unit}). ${lines.join('. ')}.`;
  });
  return [`${subtitle}.`, ...words].join(' ');
}

/** @param {string} name */
function styleOf(name) {
  const style = SERIES[/** @type {keyof typeof SERIES} */ (name)];
  if (!style) throw new Error(`there is no way to draw ${name}`);
  return style;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} content
 * @param {string} classes
 */
function text(x, y, content, classes) {
  return `<text x="${fixed(x)}" y="${fixed(y)}" class="${classes}">${escapeXml(content)}</text>`;
}

/** @param {number} value in pixels */
const fixed = (value) => String(Math.round(value * 10) / 10);

/** @param {string} content */
function escapeXml(content) {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
