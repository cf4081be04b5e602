import { rules } from './import-rules.mjs';
import { readSources } from './sources.mjs';

/**
 * Something that a rule forbids.
 * @typedef {object} Violation
 * @property {string} rule its name
 * @property {string} comment what is wrong, and so what to do instead
 * @property {string} from the file at fault, from the root
 * @property {string} to what it imports or calls
 * @property {number} line
 */

/** @typedef {import('./sources.mjs').Source} Source */

/**
 * Holds a tree against every rule of the house. What is a matter of one file alone (`process.env`,
 * `forwardRef`, `any`) is Biome's part: see `biome.json`.
 * @param {string} root the repository, or a tree with the same layout
 * @returns {{ violations: Violation[], files: number }}
 */
export function checkArchitecture(root) {
  const sources = readSources(root);
  return {
    violations: [...sources.flatMap(forbiddenImports), ...cycles(sources), ...sources.flatMap(foreignEmits)],
    files: sources.length,
  };
}

/**
 * @param {Source} source
 * @returns {Violation[]}
 */
function forbiddenImports({ path, imports }) {
  return rules.flatMap(({ name, comment, from, to }) => {
    const groups = match(path, from, []);
    if (!groups) return [];
    return imports
      .filter(({ text }) => match(text, to, groups))
      .map(({ text, line }) => ({ rule: name, comment, from: path, to: text, line }));
  });
}

/**
 * @param {string} path
 * @param {import('./import-rules.mjs').End} end
 * @param {readonly string[]} groups what `$1` and so on stand for
 * @returns {string[] | undefined} the groups of the pattern that matched; nothing where none did
 */
function match(path, { path: wanted = [''], pathNot: unwanted = [] }, groups) {
  if (unwanted.some((pattern) => compile(pattern, groups).test(path))) return undefined;
  for (const pattern of wanted) {
    const found = compile(pattern, groups).exec(path);
    if (found) return found.slice(1);
  }
  return undefined;
}

/** @type {Map<string, RegExp>} */
const compiled = new Map();

/**
 * @param {string} pattern
 * @param {readonly string[]} groups
 */
function compile(pattern, groups) {
  const source = pattern.replace(/\$(\d)/g, (_, n) => escapePattern(groups[Number(n) - 1] ?? ''));
  const known = compiled.get(source);
  if (known) return known;
  const expression = new RegExp(source);
  compiled.set(source, expression);
  return expression;
}

/** @param {string} text */
function escapePattern(text) {
  return text.replace(/[.\\+*?[\](){}|^$]/g, '\\$&');
}

/**
 * Files that import each other, be it in a long circle or for types only. Each circle is told once.
 * @param {readonly Source[]} sources
 * @returns {Violation[]}
 */
function cycles(sources) {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  /** @type {Set<string>} */
  const done = new Set();
  /** @type {string[]} */
  const trail = [];
  /** @type {Violation[]} */
  const found = [];
  /** @param {Source} source */
  const visit = (source) => {
    trail.push(source.path);
    for (const { text, line } of source.imports) {
      const next = byPath.get(text);
      if (!next || done.has(text)) continue;
      const start = trail.indexOf(text);
      if (start === -1) visit(next);
      else {
        found.push({
          rule: 'no-cycle',
          comment: `Files that import each other, be it for types only: move what both need into a third one (${[...trail.slice(start), text].join(' -> ')}).`,
          from: source.path,
          to: text,
          line,
        });
      }
    }
    trail.pop();
    done.add(source.path);
  };
  for (const source of sources) if (!done.has(source.path)) visit(source);
  return found;
}

/**
 * What is sent to clients without the broadcaster. Domain events are told through something that is
 * named `events`, and are no concern of this rule.
 * @param {Source} source
 * @returns {Violation[]}
 */
function foreignEmits({ path, emits }) {
  if (!/^server\/src\//.test(path)) return [];
  if (
    /^server\/src\/realtime\/broadcaster[\w.-]*\.ts$|\.(spec|int-spec|contract)\.ts$|\/testing\//.test(path)
  )
    return [];
  return emits
    .filter(({ text }) => !/(^|\.)(e|\w*E)vents$/.test(text))
    .map(({ text, line }) => ({
      rule: 'one-emitter',
      comment:
        'Only the broadcaster (server/src/realtime/broadcaster.ts) sends to clients: tell it what to send.',
      from: path,
      to: `${text}.emit`,
      line,
    }));
}
