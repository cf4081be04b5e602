import { type ClassValue, clsx } from 'clsx';

/** What a class says something about, where that is not just what stands before its last dash. */
const SUBJECTS: readonly (readonly [form: RegExp, subject: string])[] = [
  [/^(block|inline|inline-block|flex|inline-flex|grid|hidden|contents)$/, 'display'],
  [/^(static|relative|absolute|fixed|sticky)$/, 'position'],
  [/^(visible|invisible)$/, 'visibility'],
  [/^text-(xs|sm|base|lg|xl|\[\d.*|\[length:.*)$/, 'font-size'],
  [/^text-(left|center|right)$/, 'text-align'],
  [/^text-.+$/, 'color'],
  [/^font-(normal|medium|semibold|bold)$/, 'font-weight'],
  [/^border(-\d)?$/, 'border-width'],
  [/^border-([trblxy])(-\d)?$/, 'border-$1'],
  [/^border-(dashed|solid)$/, 'border-style'],
  [/^border-.+$/, 'border-color'],
  [/^rounded-([trbl]|[tb][lr])(-.+)?$/, 'rounded-$1'],
  [/^flex-(\d|auto|none)$/, 'flex'],
  [/^-?(inset-[xy]|gap-[xy]|min-[wh]|max-[wh]|overflow-[xy]|line-clamp|(?:col|row)-start)-.+$/, '$1'],
  [
    /^-?(bg|bottom|duration|gap|h|inset|items|justify|leading|left|m|mb|ml|mr|mt|mx|my|opacity|order|overflow|p|pb|pl|pr|pt|px|py|right|rounded|shadow|shrink|size|top|tracking|transition|w|whitespace|z)(-.+)?$/,
    '$1',
  ],
];

/** Subjects that take others along. */
const COVERS: Readonly<Record<string, readonly string[]>> = {
  'border-width': ['border-t', 'border-r', 'border-b', 'border-l'],
  flex: ['shrink'],
  'font-size': ['leading'],
  gap: ['gap-x', 'gap-y'],
  inset: ['inset-x', 'inset-y', 'top', 'right', 'bottom', 'left'],
  'line-clamp': ['display', 'overflow'],
  overflow: ['overflow-x', 'overflow-y'],
  m: ['mx', 'my', 'mt', 'mr', 'mb', 'ml'],
  mx: ['ml', 'mr'],
  my: ['mt', 'mb'],
  p: ['px', 'py', 'pt', 'pr', 'pb', 'pl'],
  px: ['pl', 'pr'],
  py: ['pt', 'pb'],
  rounded: ['rounded-t', 'rounded-b', 'rounded-l', 'rounded-r'],
  size: ['w', 'h'],
};

const known = new Map<string, string>();

/**
 * Joins class names; of two Tailwind classes that say the same thing under the same condition, the later one
 * wins. It knows the classes that are used here, where tailwind-merge knows them all for another 9 kB; a test
 * holds the one against the other.
 */
export function cn(...names: ClassValue[]): string {
  const joined = clsx(names);
  let merged = known.get(joined);
  if (merged === undefined) {
    merged = merge(joined);
    known.set(joined, merged);
  }
  return merged;
}

function merge(joined: string): string {
  const said = new Set<string>();
  const kept: string[] = [];
  for (const name of joined.split(' ').reverse()) {
    const [condition, subject] = partsOf(name);
    if (said.has(condition + subject)) continue;
    for (const covered of [subject, ...(COVERS[subject] ?? [])]) said.add(condition + covered);
    kept.push(name);
  }
  return kept.reverse().join(' ');
}

/** When a class holds, e.g. `sm:hover:`, and what it is about. */
function partsOf(name: string): [condition: string, subject: string] {
  const condition = /^(?:(?:\[[^\]]*\]|[^[\]:])*:)*/.exec(name)?.[0] ?? '';
  const rest = name.slice(condition.length);
  // An important one is overruled by important ones only.
  if (rest.endsWith('!')) return [`!${condition}`, subjectOf(rest.slice(0, -1))];
  return [condition, subjectOf(rest)];
}

function subjectOf(name: string): string {
  for (const [form, subject] of SUBJECTS) if (form.test(name)) return name.replace(form, subject);
  return name;
}
