import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { twMerge } from 'tailwind-merge';
import { describe, expect, it } from 'vitest';
import { cn } from './class-names';

const source = fileURLToPath(new URL('..', import.meta.url));
/** Quoted text that can only be a list of Tailwind's classes. */
const CLASSES = /^(?:[a-z&*_[\]:-]+:)*-?[a-z]+(?:-[^\s/]+(?:\/\d+)?)*!?(?:\s+\S+)+$/;

/** Every list of classes in the components that join some, by file. */
function joinedClasses(): (readonly [file: string, lists: readonly string[]])[] {
  return readdirSync(source, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.tsx') || file.endsWith('-class.ts'))
    .map((file) => [file, readFileSync(join(source, file), 'utf8')] as const)
    .filter(([, text]) => /\bcn\(|[bB]uttonClass/.test(text))
    .map(([file, text]) => {
      const quoted = [...text.matchAll(/'([^'\n]*)'|"([^"\n]*)"/g)].map(([, one, two]) => one ?? two ?? '');
      return [file, quoted.filter((list) => CLASSES.test(list) && list !== 'use client')] as const;
    });
}

/** Which classes there are: of those that are not Tailwind's, the one repeats what the other does not. */
const each = (classes: string): string[] => [...new Set(classes.split(' '))].sort();

describe('cn', () => {
  it('lets the later class win, under the same condition', () => {
    expect(cn('h-9 px-3.5 text-sm text-muted', 'px-2', false, 'sm:px-4')).toBe(
      'h-9 text-sm text-muted px-2 sm:px-4',
    );
    expect(cn('inline-flex h-9 gap-2', 'size-9 px-0')).toBe('inline-flex gap-2 size-9 px-0');
    expect(cn('[&_svg]:text-muted', 'text-danger [&_svg]:text-danger')).toBe(
      'text-danger [&_svg]:text-danger',
    );
    expect(cn('inline-flex', 'hidden sm:inline-flex')).toBe('hidden sm:inline-flex');
  });

  it('joins every two lists of a component as tailwind-merge does', () => {
    const files = joinedClasses();
    expect(files.length).toBeGreaterThan(20);
    for (const [file, lists] of files)
      for (const one of lists)
        for (const two of ['', ...lists])
          expect(each(cn(one, two)), `${file}: ${two}`).toEqual(each(twMerge(one, two)));
  });
});
