import type { Root } from 'mdast';
import { startOf, visit } from './parse';

/** How a document likes to write what Markdown can write in several ways. */
export interface Style {
  eol: '\n' | '\r\n' | '\r';
  bullet: '-' | '*' | '+';
  bulletOrdered: '.' | ')';
  emphasis: '*' | '_';
  strong: '*' | '_';
  fence: '`' | '~';
  rule: '-' | '*' | '_';
  hardBreak: '\\' | '  ';
  setext: boolean;
}

const fallback: Style = {
  eol: '\n',
  bullet: '-',
  bulletOrdered: '.',
  emphasis: '*',
  strong: '*',
  fence: '`',
  rule: '-',
  hardBreak: '\\',
  setext: false,
};

/** The habits of a document, by the first place that shows each. */
export function styleOf(tree: Root, text: string): Style {
  const seen: Partial<Style> = {};
  visit(tree, (node) => {
    const at = text.slice(startOf(node), startOf(node) + 8);
    const first = at.charAt(0);
    if (node.type === 'listItem') {
      if (first === '-' || first === '*' || first === '+') seen.bullet ??= first;
      else if (/^\d+\)/.test(text.slice(startOf(node), startOf(node) + 12))) seen.bulletOrdered ??= ')';
      else seen.bulletOrdered ??= '.';
    } else if (node.type === 'emphasis' || node.type === 'strong') {
      if (first === '*' || first === '_') seen[node.type] ??= first;
    } else if (node.type === 'code') {
      const mark = at.trimStart().charAt(0);
      if (mark === '`' || mark === '~') seen.fence ??= mark;
    } else if (node.type === 'thematicBreak') {
      if (first === '-' || first === '*' || first === '_') seen.rule ??= first;
    } else if (node.type === 'break') {
      seen.hardBreak ??= first === '\\' ? '\\' : '  ';
    } else if (node.type === 'heading' && node.depth < 3) {
      seen.setext ??= first !== '#';
    }
  });
  const eol = /\r\n|\r|\n/.exec(text)?.[0];
  if (eol === '\r\n' || eol === '\r') seen.eol = eol;
  return { ...fallback, ...seen };
}
