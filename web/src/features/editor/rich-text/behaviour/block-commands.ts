import type { ChainedCommands, Editor } from '@tiptap/core';
import {
  Code,
  Heading1,
  Heading2,
  Heading3,
  List,
  ListChecks,
  ListOrdered,
  type LucideIcon,
  Minus,
  Pilcrow,
  Table,
  TextQuote,
} from 'lucide-react';

/** A kind of block that a person can turn the current one into, or insert. */
export interface BlockCommand {
  /** What people call it; no other control on the page has this name. */
  name: string;
  /** Other words that find it. */
  words: string;
  icon: LucideIcon;
  isActive(editor: Editor): boolean;
  run(editor: Editor): void;
}

export const paragraphCommand: BlockCommand = {
  name: 'Paragraph',
  words: 'plain words normal',
  icon: Pilcrow,
  isActive: (editor) => editor.isActive('paragraph'),
  run: (editor) => editor.chain().focus().setParagraph().run(),
};

function heading(level: 1 | 2 | 3, icon: LucideIcon): BlockCommand {
  return {
    name: `Heading ${level}`,
    words: `h${level} # section`,
    icon,
    isActive: (editor) => editor.isActive('heading', { level }),
    run: (editor) => editor.chain().focus().setHeading({ level }).run(),
  };
}

export const headingCommands: readonly BlockCommand[] = [
  heading(1, Heading1),
  heading(2, Heading2),
  heading(3, Heading3),
];

export const listCommands: readonly BlockCommand[] = [
  {
    name: 'Bulleted list',
    words: 'ul - unordered points',
    icon: List,
    isActive: (editor) => editor.isActive('bulletList') && !isTask(editor),
    run: (editor) => toggleList(editor, 'bulletList'),
  },
  {
    name: 'Numbered list',
    words: 'ol 1. ordered',
    icon: ListOrdered,
    isActive: (editor) => editor.isActive('orderedList') && !isTask(editor),
    run: (editor) => toggleList(editor, 'orderedList'),
  },
  {
    name: 'Task list',
    words: 'todo checkbox [ ]',
    icon: ListChecks,
    isActive: isTask,
    run: toggleTask,
  },
];

export const quoteCommand: BlockCommand = {
  name: 'Quote',
  words: 'blockquote >',
  icon: TextQuote,
  isActive: (editor) => editor.isActive('blockquote'),
  run: (editor) => editor.chain().focus().toggleBlockquote().run(),
};

export const codeBlockCommand: BlockCommand = {
  name: 'Code block',
  words: 'pre ``` fence program',
  icon: Code,
  isActive: (editor) => editor.isActive('codeBlock'),
  run: (editor) => editor.chain().focus().toggleCodeBlock().run(),
};

export const dividerCommand: BlockCommand = {
  name: 'Divider',
  words: 'hr --- horizontal rule line',
  icon: Minus,
  isActive: () => false,
  run: (editor) => editor.chain().focus().setHorizontalRule().run(),
};

export const tableCommand: BlockCommand = {
  name: 'Table',
  words: 'grid columns rows |',
  icon: Table,
  isActive: (editor) => editor.isActive('table'),
  run: (editor) => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
};

/** Everything that the slash menu offers, in its order. */
export const slashCommands: readonly BlockCommand[] = [
  ...headingCommands,
  ...listCommands,
  quoteCommand,
  codeBlockCommand,
  tableCommand,
  dividerCommand,
  paragraphCommand,
];

/** Commands whose name or words hold `query`, those whose name starts with it first. */
export function findCommands(commands: readonly BlockCommand[], query: string): BlockCommand[] {
  const wanted = query.trim().toLowerCase();
  const found = commands.filter(({ name, words }) => `${name} ${words}`.toLowerCase().includes(wanted));
  const rank = ({ name }: BlockCommand) => Number(!name.toLowerCase().startsWith(wanted));
  return found.sort((left, right) => rank(left) - rank(right));
}

function isTask(editor: Editor): boolean {
  return typeof editor.getAttributes('listItem').checked === 'boolean';
}

/** A list of tasks becomes a plain list before it is none at all. */
function toggleList(editor: Editor, name: 'bulletList' | 'orderedList'): void {
  if (editor.isActive(name) && isTask(editor)) {
    editor.chain().focus().updateAttributes('listItem', { checked: null }).run();
  } else {
    words(editor).toggleList(name, 'listItem').run();
  }
}

function toggleTask(editor: Editor): void {
  const checked = isTask(editor) ? null : false;
  const chain = words(editor);
  if (!editor.isActive('listItem')) chain.toggleList('bulletList', 'listItem');
  chain.updateAttributes('listItem', { checked }).run();
}

/** Headings and code become plain words before they go into a list. */
function words(editor: Editor): ChainedCommands {
  const chain = editor.chain().focus();
  return editor.isActive('heading') || editor.isActive('codeBlock') ? chain.setParagraph() : chain;
}
