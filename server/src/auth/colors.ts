import { createHash } from 'node:crypto';

/** Avatar colours on which white text has a contrast of at least 4.5:1. */
const PALETTE = [
  '#7c3aed',
  '#c2410c',
  '#0e7490',
  '#be185d',
  '#4d7c0f',
  '#1d4ed8',
  '#b45309',
  '#0f766e',
  '#9333ea',
  '#b91c1c',
];

/** The colour of a person, always the same for one e-mail address. */
export function colorFor(email: string): string {
  const first = createHash('sha256').update(email.toLowerCase()).digest().readUInt32BE(0);
  return PALETTE[first % PALETTE.length] ?? '#7c3aed';
}
