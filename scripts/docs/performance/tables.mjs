/** @typedef {import('./results.mjs').Result} Result */

const MOST_COLUMNS = 12;

/**
 * What the figures were measured on, once for each machine, day and set of versions.
 * @param {readonly Result[]} results
 */
export function environments(results) {
  /** @type {Map<string, Set<string>>} */
  const cases = new Map();
  for (const { machine, date, versions, case: name } of results) {
    const versionsText = Object.entries(versions).map(([program, version]) => `${program} ${version}`);
    const words = [date, ...Object.values(machine), ...versionsText].join(', ');
    cases.set(words, (cases.get(words) ?? new Set()).add(name));
  }
  const lines = [...cases].map(([words, names]) =>
    cases.size === 1 ? `All of it: ${words}.` : `- ${[...names].map(code).join(', ')}: ${words}.`,
  );
  return lines.join('\n');
}

/**
 * One line for each case that has a target.
 * @param {readonly Result[]} results
 */
export function overview(results) {
  const aimed = results.filter(({ target }) => target !== undefined);
  const rows = aimed.map(({ case: name, setting, title, figures, judged, target = '', met }) => {
    const isAlone = aimed.filter((other) => other.case === name).length === 1;
    return [
      `[${name}](#${name})${isAlone ? '' : `, ${setting}`}`,
      title,
      (judged ?? Object.keys(figures)).map((figure) => `${figure} ${show(figures[figure])}`).join('<br>'),
      target,
      met ? 'met' : '**missed**',
    ];
  });
  return table(['case', 'what', 'measured', 'target', ''], rows);
}

/**
 * Every case but those that are plotted, with all its figures.
 * @param {readonly Result[]} results
 */
export function cases(results) {
  const plain = results.filter(({ point }) => point === undefined);
  const names = [...new Set(plain.map((result) => result.case))];
  return names
    .map((name) => {
      const rows = plain.filter((result) => result.case === name);
      return `### ${name}\n\n${rows[0]?.title}.\n\n${comparable(rows).map(figuresOf).join('\n\n')}`;
    })
    .join('\n\n');
}

/**
 * Rows that share figures, together; those of another kind would only leave columns empty.
 * @param {readonly Result[]} rows
 */
function comparable(rows) {
  /** @type {Result[][]} */
  const groups = [];
  for (const row of rows) {
    const group = groups.find((others) =>
      others.some(({ figures }) => Object.keys(figures).some((name) => name in row.figures)),
    );
    if (group) group.push(row);
    else groups.push([row]);
  }
  return groups;
}

/**
 * A line for each row; a single row with more figures than fit side by side stands on end.
 * @param {readonly Result[]} rows
 */
function figuresOf(rows) {
  const [first] = rows;
  const figures = [...new Set(rows.flatMap((row) => Object.keys(row.figures)))];
  if (first && rows.length === 1 && figures.length > MOST_COLUMNS) {
    const lines = figures.map((figure) => [figure, show(first.figures[figure])]);
    return table([first.setting, ''], lines, 1);
  }
  const lines = rows.map((row) => [row.setting, ...figures.map((figure) => show(row.figures[figure]))]);
  return table(['', ...figures], lines, 1);
}

/**
 * The numbers behind one plot.
 * @param {readonly Result[]} results of that plot alone
 * @param {string} head what grows
 */
export function points(results, head) {
  const figures = [...new Set(results.flatMap((result) => Object.keys(result.figures)))];
  const lines = results.flatMap((result) => {
    const { point } = result;
    if (!point) return [];
    const values = figures.map((figure) => show(result.figures[figure]));
    return [[point.server, show(point.at), ...values, point.saturated ? 'saturated' : '']];
  });
  return table(['', head, ...figures, ''], lines, 1);
}

/**
 * @param {readonly string[]} head
 * @param {readonly string[][]} lines
 * @param {number} [numbersFrom] the first column of numbers, which stand to the right; none where left out
 */
function table(head, lines, numbersFrom = head.length) {
  const rule = head.map((_, i) => (i < numbersFrom ? '---' : '---:'));
  return [head, rule, ...lines].map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`).join('\n');
}

/** @param {string} text */
const escapeCell = (text) => text.replaceAll('|', '\\|');
/** @param {string} text */
const code = (text) => `\`${text}\``;

/**
 * @param {number | string | undefined} value
 * @returns {string} numbers as 1,234.5
 */
export function show(value) {
  return typeof value === 'number'
    ? value.toLocaleString('en-US', { maximumSignificantDigits: 6 })
    : (value ?? '');
}
