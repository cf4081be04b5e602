import { randomInt } from 'node:crypto';

const MOST_CHARACTERS = 60;
const SUFFIX_LENGTH = 6;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Kebab-case of a text: letters and digits of any script, accents taken off.
 * @param otherwise what to answer where nothing is left
 */
export function slugify(text: string, otherwise: string): string {
  const kebab = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  const cut = [...kebab].slice(0, MOST_CHARACTERS).join('').replace(/-$/, '');
  return cut === '' ? otherwise : cut;
}

/** `slugify` with a short random suffix. 36^6 (2.2 billion) suffixes a title. */
export function slugWithSuffix(text: string, otherwise: string): string {
  const suffix = Array.from({ length: SUFFIX_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `${slugify(text, otherwise)}-${suffix}`;
}
