import { Mark, markInputRule } from '@tiptap/core';

/** Inline code. Other than Tiptap's own it may be bold or a link as well, as Markdown allows. */
export const InlineCode = Mark.create({
  name: 'code',
  code: true,
  exitable: true,
  excludes: '',
  parseHTML() {
    return [{ tag: 'code' }];
  },
  renderHTML() {
    return ['code', 0];
  },
  addKeyboardShortcuts() {
    return { 'Mod-e': () => this.editor.commands.toggleMark(this.name) };
  },
  addInputRules() {
    return [markInputRule({ find: /(?<!`)`([^`]+)`$/, type: this.type })];
  },
});
