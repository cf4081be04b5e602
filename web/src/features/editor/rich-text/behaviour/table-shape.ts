import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';

/** A Markdown table has exactly one header, its first row: rows that are added or taken away keep to that. */
export const TableShape = Extension.create({
  name: 'tableShape',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        appendTransaction: (transactions, before, after) => {
          if (!transactions.some(({ docChanged }) => docChanged) || before.doc.eq(after.doc)) return null;
          const { tr, schema } = after;
          after.doc.descendants((node, position) => {
            if (node.type.name !== 'table') return !node.isTextblock;
            node.forEach((row, offset, index) => {
              const type = index === 0 ? schema.nodes.tableHeader : schema.nodes.tableCell;
              row.forEach((cell: Node, at) => {
                // Behind the opening of the table and of the row.
                if (type && cell.type !== type) tr.setNodeMarkup(position + 1 + offset + 1 + at, type);
              });
            });
            return false;
          });
          return tr.docChanged ? tr : null;
        },
      }),
    ];
  },
});
