import { describe, expect, it } from 'vitest';
import { excerpt } from './excerpt';

describe('excerpt', () => {
  it.each([
    ['# Heading\n\nSome **bold** and *soft* `code`.', 'Heading Some bold and soft code.'],
    ['[![build](https://x/b.svg)](https://x) A [link](https://x "t") here', 'A link here'],
    ['- [x] done\n- [ ] open\n1. one', 'done open one'],
    ['---\ntitle: x\n---\nBody', 'Body'],
    ['before\n```js\nlet a;\n```\nafter', 'before after'],
    ['<p align="center">Hi</p> a \\* b <!-- no -->', 'Hi a * b'],
    ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
  ])('reads %j', (markdown, words) => expect(excerpt(markdown)).toBe(words));

  it('is short', () => expect(excerpt('word '.repeat(1_000))).toHaveLength(280));
});
