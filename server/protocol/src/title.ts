import { MAX_TITLE_LENGTH } from './limits.js';

/** Characters that no database stores: NUL, half of a surrogate pair. */
export const UNSTORABLE: RegExp = /\0|\p{Surrogate}/u;

/** What a text with them is told. */
export const STORABLE_RULE = 'must not contain NUL or broken Unicode characters';

/**
 * What a title has to be, told to whoever gives another one. In plain code, so that a page can check what
 * is typed without loading the schemas, which are made from it.
 */
export const titleRules = {
  length: {
    holds: (title: string): boolean => title.length <= MAX_TITLE_LENGTH,
    message: `must be at most ${MAX_TITLE_LENGTH} characters`,
  },
  filled: { holds: (title: string): boolean => title.trim() !== '', message: 'must not be empty' },
  oneLine: { holds: (title: string): boolean => !/[\r\n]/.test(title), message: 'must be a single line' },
} as const;

/** The first rule that a title breaks, e.g. `must not be empty`; null where it is fine. */
export function faultOfTitle(title: string): string | null {
  if (UNSTORABLE.test(title)) return STORABLE_RULE;
  for (const { holds, message } of Object.values(titleRules)) if (!holds(title)) return message;
  return null;
}
