import { wrappingInputRule } from '@tiptap/core';
import { ListItem as TiptapListItem } from '@tiptap/extension-list';

/** Whether a pasted `li` is a task, and done: our own mark-up, or a checkbox at its start. */
function parseChecked(element: HTMLElement): boolean | null {
  const own = element.getAttribute('data-checked');
  if (own !== null) return own === 'true';
  const box = element.querySelector(':scope > input, :scope > label > input, :scope > p > input');
  return box?.getAttribute('type') === 'checkbox' ? box.hasAttribute('checked') : null;
}

/**
 * An item of a bulleted or numbered list, and a task where `checked` is not null: Markdown can mix tasks and
 * plain items in one list, numbered ones too, so a task is no list of its own here. `spread` is whether
 * blank lines stand between the blocks of the item.
 */
export const ListItem = TiptapListItem.extend({
  content: 'block+',
  addAttributes() {
    return {
      checked: {
        default: null,
        parseHTML: parseChecked,
        renderHTML: ({ checked }) =>
          typeof checked === 'boolean' ? { 'data-checked': String(checked) } : {},
      },
      spread: { default: false, rendered: false, parseHTML: () => false },
    };
  },
  addKeyboardShortcuts() {
    const inItem = () => this.editor.isActive(this.name) && !this.editor.isActive('codeBlock');
    return {
      Enter: () => {
        const { checked } = this.editor.getAttributes(this.name);
        return this.editor.commands.splitListItem(
          this.name,
          typeof checked === 'boolean' ? { checked: false } : {},
        );
      },
      // Inside a list Tab always means the list, also where the item cannot go deeper.
      Tab: () => inItem() && (this.editor.commands.sinkListItem(this.name) || true),
      'Shift-Tab': () => inItem() && this.editor.commands.liftListItem(this.name),
    };
  },
  addInputRules() {
    return [
      wrappingInputRule({
        find: /^\s*\[([ xX]?)\]\s$/,
        type: this.type,
        getAttributes: (match) => ({ checked: /x/i.test(match[1] ?? '') }),
      }),
    ];
  },
  addNodeView() {
    return ({ node, editor, getPos }) => {
      let current = node;
      const dom = document.createElement('li');
      const contentDOM = document.createElement('div');
      const box = document.createElement('input');
      box.type = 'checkbox';
      box.contentEditable = 'false';
      box.setAttribute('aria-label', 'Done');
      // A press on the box must not move the caret out of where it is.
      box.addEventListener('mousedown', (event) => event.preventDefault());
      box.addEventListener('change', () => {
        const position = getPos();
        if (position === undefined || !editor.isEditable) return;
        editor.view.dispatch(editor.state.tr.setNodeAttribute(position, 'checked', box.checked));
      });
      const show = () => {
        const { checked } = current.attrs;
        if (typeof checked === 'boolean') {
          box.checked = checked;
          box.disabled = !editor.isEditable;
          dom.className = 'task-list-item';
          dom.dataset.checked = String(checked);
          if (!box.parentNode) dom.prepend(box);
        } else {
          dom.className = '';
          delete dom.dataset.checked;
          box.remove();
        }
      };
      dom.append(contentDOM);
      show();
      return {
        dom,
        contentDOM,
        update(next) {
          if (next.type !== current.type) return false;
          current = next;
          show();
          return true;
        },
        stopEvent: (event) => event.target === box,
        ignoreMutation: (mutation) => mutation.type !== 'selection' && !contentDOM.contains(mutation.target),
      };
    };
  },
});
