import type { Editor } from '@tiptap/core';
import { Image, Link } from 'lucide-react';
import type { ReactElement } from 'react';
import { safeImage, safeLink } from '../extensions/safe-url';
import { AddressPopover } from './address-popover';

interface ToolProps {
  readonly editor: Editor;
  readonly disabled: boolean;
}

/** Makes the selected words a link, or changes or removes the link that the caret is in. */
export function LinkTool({ editor, disabled }: ToolProps): ReactElement {
  const isLink = editor.isActive('link');
  return (
    <AddressPopover
      editor={editor}
      name="Link"
      icon={Link}
      pressed={isLink}
      disabled={disabled}
      fields={() => [
        { name: 'href', label: 'Link address', value: String(editor.getAttributes('link').href ?? '') },
      ]}
      onApply={({ href = '' }) => {
        const address = /^[\w-]+(?:\.[\w-]+)+(?:[/?#]|$)/.test(href) ? `https://${href}` : href;
        if (safeLink(address) === '' || address === '') return 'This is no address that a link can lead to.';
        setLink(editor, address);
        return null;
      }}
      onRemove={
        isLink ? () => editor.chain().focus().extendMarkRange('link').unsetMark('link').run() : undefined
      }
    />
  );
}

/** Without a selection the address itself becomes the words of the link. */
function setLink(editor: Editor, href: string): void {
  const mark = { type: 'link', attrs: { href } };
  const chain = editor.chain().focus();
  if (editor.isActive('link')) {
    chain.extendMarkRange('link').updateAttributes('link', { href, reference: null }).run();
  } else if (editor.state.selection.empty) {
    chain.insertContent({ type: 'text', marks: [mark], text: href }).run();
  } else {
    chain.setMark('link', mark.attrs).run();
  }
}

/** Inserts an image by its address, or changes the one that is selected. */
export function ImageTool({ editor, disabled }: ToolProps): ReactElement {
  const isImage = editor.isActive('image');
  const attributes = () => (isImage ? editor.getAttributes('image') : {});
  return (
    <AddressPopover
      editor={editor}
      name="Image"
      icon={Image}
      pressed={isImage}
      disabled={disabled}
      fields={() => [
        { name: 'src', label: 'Image address', value: String(attributes().src ?? '') },
        { name: 'alt', label: 'Description', value: String(attributes().alt ?? '') },
      ]}
      onApply={({ src = '', alt = '' }) => {
        if (safeImage(src) === '' || src === '') return 'No image can be shown from this address.';
        if (isImage) editor.chain().focus().updateAttributes('image', { src, alt, reference: null }).run();
        else editor.chain().focus().insertContent({ type: 'image', attrs: { src, alt } }).run();
        return null;
      }}
    />
  );
}
