import { expect, it } from 'vitest';
import { looksLikeMarkdown } from './looks-like-markdown';

it.each([
  '# a',
  'x\n- a',
  '1. a',
  '> a',
  '```\na',
  'a **b** c',
  'a *b* c',
  'a _b_ c',
  '~~a~~',
  '`a`',
  '[a](b)',
  '| a | b |',
  '---',
])('takes %j for Markdown', (text) => expect(looksLikeMarkdown(text)).toBe(true));

it.each([
  '',
  'plain words',
  '2 * 3 * 4',
  'snake_case_name',
  'a - b',
  '#hashtag',
  'f(a)[0]',
  '5 > 3',
  'C:\\a\\b',
  'one\ntwo',
])('takes %j for what it is', (text) => expect(looksLikeMarkdown(text)).toBe(false));
