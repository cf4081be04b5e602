import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

/** Folders that the rules speak of, from the root. */
const FOLDERS = ['db', 'server', 'web', 'e2e', 'scripts'];
const SOURCE = /\.(ts|tsx|mjs|js)$/;
const IGNORED = /^(node_modules|dist|\.next|migrations|results)$|\.d\.ts$/;
/** What an import may leave off, or say instead: a compiled file's name stands for its source. */
const SUFFIXES = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'];

/**
 * A place in a file.
 * @typedef {object} Place
 * @property {string} text what is imported, in the words of the rules; or what `emit` is called on
 * @property {number} line
 */

/**
 * What the rules want to know of a file.
 * @typedef {object} Source
 * @property {string} path from the root, with slashes
 * @property {Place[]} imports type-only ones, re-exports, `import()` and `import('...')` types too
 * @property {Place[]} emits calls of a method named `emit`
 */

/**
 * Reads every source file of a tree.
 * @param {string} root the repository, or a tree with the same layout
 * @returns {Source[]}
 * @throws {Error} where a file cannot be parsed
 */
export function readSources(root) {
  return FOLDERS.flatMap((folder) => sourcesIn(root, folder)).map((path) => readSource(root, path));
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]} paths from the root, with slashes
 */
function sourcesIn(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (IGNORED.test(entry.name)) return [];
    if (entry.isDirectory()) return sourcesIn(root, path);
    return SOURCE.test(entry.name) ? [path] : [];
  });
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {Source}
 */
function readSource(root, path) {
  const text = readFileSync(join(root, path), 'utf8');
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  /** @type {Source} */
  const source = { path, imports: [], emits: [] };
  /** @param {{ start: number }} node */
  const lineOf = (node) => text.slice(0, node.start).split('\n').length;
  /** @param {{ type: string, value?: unknown, start: number } | null | undefined} specifier */
  const addImport = (specifier) => {
    if (specifier?.type !== 'Literal' || typeof specifier.value !== 'string') return;
    source.imports.push({ text: resolve(root, path, specifier.value), line: lineOf(specifier) });
  };
  new Visitor({
    ImportDeclaration: (node) => addImport(node.source),
    ExportNamedDeclaration: (node) => addImport(node.source),
    ExportAllDeclaration: (node) => addImport(node.source),
    ImportExpression: (node) => addImport(node.source),
    TSImportType: (node) => addImport(node.source),
    CallExpression: ({ callee }) => {
      if (callee.type !== 'MemberExpression') return;
      const { object, property } = callee;
      const name =
        property.type === 'Identifier' ? property.name : property.type === 'Literal' && property.value;
      if (name === 'emit') {
        source.emits.push({ text: text.slice(object.start, object.end), line: lineOf(callee) });
      }
    },
  }).visit(program);
  return source;
}

/**
 * @param {string} root
 * @param {string} from
 * @param {string} specifier
 * @returns {string} in the words of the rules
 */
function resolve(root, from, specifier) {
  if (specifier.startsWith('.'))
    return resolveFile(root, posix.join(posix.dirname(from), specifier), specifier);
  if (specifier.startsWith('@/')) return resolveFile(root, `web/src/${specifier.slice(2)}`, specifier);
  if (specifier === '@doclight/protocol') return 'server/protocol/src/index.ts';
  if (specifier === '@doclight/db') return 'db/src/index.ts';
  const own = specifier.match(/^@doclight\/(web|e2e|server)\b/);
  if (own) return `${own[1]}/index.ts`;
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) {
    return `node/${specifier.replace(/^node:/, '')}`;
  }
  return `npm/${specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')}`;
}

/**
 * @param {string} root
 * @param {string} path as written, from the root
 * @param {string} specifier
 */
function resolveFile(root, path, specifier) {
  const bare = path.replace(/\.(js|jsx)$/, '');
  for (const candidate of [path, ...SUFFIXES.map((suffix) => bare + suffix)]) {
    const absolute = join(root, candidate);
    if (existsSync(absolute) && statSync(absolute).isFile()) return candidate;
  }
  return `unresolved/${specifier}`;
}
