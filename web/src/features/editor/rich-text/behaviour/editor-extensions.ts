import type { AnyExtension } from '@tiptap/core';
import { Placeholder } from '@tiptap/extensions';
import { contentExtensions } from '../extensions/content-extensions';
import { FreshSelection } from './fresh-selection';
import { MarkdownInput, type MarkdownReader } from './markdown-input';
import { OpenLinks } from './open-links';
import { SlashMenu, type SlashMenuStore } from './slash-menu';
import { TabLeaves } from './tab-leaves';
import { TableShape } from './table-shape';

/** Everything that an editor on a page is made of: the content, and how it behaves under somebody's hands. */
export function editorExtensions(
  reader: () => MarkdownReader | null,
  store: SlashMenuStore,
  isCompact: boolean,
): AnyExtension[] {
  return [
    ...contentExtensions,
    MarkdownInput.configure({ reader }),
    FreshSelection,
    OpenLinks,
    ...(isCompact ? [] : [SlashMenu.configure({ store })]),
    TabLeaves,
    TableShape,
    Placeholder.configure({ placeholder: isCompact ? 'A few sentences' : 'Write, or type / for blocks' }),
  ];
}
