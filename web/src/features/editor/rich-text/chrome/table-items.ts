import type { Editor } from '@tiptap/core';
import {
  AlignCenter,
  AlignLeft,
  AlignRight,
  BetweenHorizontalEnd,
  BetweenHorizontalStart,
  BetweenVerticalEnd,
  BetweenVerticalStart,
  Columns3,
  Rows3,
  Trash2,
} from 'lucide-react';
import { tableCommand } from '../behaviour/block-commands';
import type { ToolMenuItem } from './tool-menu';

/** What can be done about tables where the caret is: make one, or change the one around it. */
export function tableItems(editor: Editor): ToolMenuItem[] {
  if (!editor.isActive('table')) {
    return [{ name: 'Insert table', icon: tableCommand.icon, run: () => tableCommand.run(editor) }];
  }
  const chain = () => editor.chain().focus();
  return [
    { name: 'Add row above', icon: BetweenHorizontalStart, run: () => chain().addRowBefore().run() },
    { name: 'Add row below', icon: BetweenHorizontalEnd, run: () => chain().addRowAfter().run() },
    { name: 'Add column before', icon: BetweenVerticalStart, run: () => chain().addColumnBefore().run() },
    { name: 'Add column after', icon: BetweenVerticalEnd, run: () => chain().addColumnAfter().run() },
    { name: 'Align column left', icon: AlignLeft, run: () => alignColumn(editor, 'left') },
    { name: 'Align column centre', icon: AlignCenter, run: () => alignColumn(editor, 'center') },
    { name: 'Align column right', icon: AlignRight, run: () => alignColumn(editor, 'right') },
    { name: 'Delete row', icon: Rows3, run: () => chain().deleteRow().run() },
    { name: 'Delete column', icon: Columns3, run: () => chain().deleteColumn().run() },
    { name: 'Delete table', icon: Trash2, run: () => chain().deleteTable().run() },
  ];
}

/** Markdown aligns whole columns; asking for what is there already takes it away. */
function alignColumn(editor: Editor, align: 'left' | 'center' | 'right'): void {
  editor
    .chain()
    .focus()
    .command(({ tr, state }) => {
      const { $from } = state.selection;
      let depth = $from.depth;
      while (depth > 0 && $from.node(depth).type.name !== 'table') depth -= 1;
      if (depth === 0) return false;
      const table = $from.node(depth);
      const column = $from.index(depth + 1);
      const isOn = table.firstChild?.maybeChild(column)?.attrs.align === align;
      table.forEach((row, rowOffset) => {
        row.forEach((_cell, cellOffset, index) => {
          const position = $from.start(depth) + rowOffset + 1 + cellOffset;
          if (index === column) tr.setNodeAttribute(position, 'align', isOn ? null : align);
        });
      });
      return true;
    })
    .run();
}
