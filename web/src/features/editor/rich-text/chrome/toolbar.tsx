import { Toolbar as BaseToolbar } from '@base-ui/react/toolbar';
import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { Bold, Code2, FileCode2, Heading, Italic, Redo2, Strikethrough, Table, Undo2 } from 'lucide-react';
import type { ReactElement } from 'react';
import {
  type BlockCommand,
  codeBlockCommand,
  dividerCommand,
  headingCommands,
  listCommands,
  paragraphCommand,
  quoteCommand,
} from '../behaviour/block-commands';
import { ImageTool, LinkTool } from './address-tools';
import { tableItems } from './table-items';
import { ToolMenu } from './tool-menu';
import { ToolbarButton } from './toolbar-button';

interface ToolbarProps {
  readonly editor: Editor | null;
  /** Leaves out the tools for larger blocks. */
  readonly compact: boolean;
  readonly disabled: boolean;
  readonly isSource: boolean;
  readonly onToggleSource: () => void;
}

const markTools = [
  { mark: 'bold', name: 'Bold', icon: Bold, keys: 'Control+B' },
  { mark: 'italic', name: 'Italic', icon: Italic, keys: 'Control+I' },
  { mark: 'strike', name: 'Strikethrough', icon: Strikethrough, keys: 'Control+Shift+S' },
  { mark: 'code', name: 'Inline code', icon: Code2, keys: 'Control+E' },
] as const;

/**
 * The formatting tools over an editor: one stop for the Tab key, arrows inside. While the editor scrolls they stay
 * below what the page itself keeps in sight, `--editor-toolbar-top` high.
 */
export function Toolbar(props: ToolbarProps): ReactElement {
  const { editor, compact, disabled, isSource, onToggleSource } = props;
  return (
    <BaseToolbar.Root
      aria-label="Formatting"
      className="sticky top-(--editor-toolbar-top,108px) z-10 flex items-center gap-1 rounded-t-lg border-b border-line bg-surface p-1"
    >
      <div className="flex min-w-0 flex-1 items-center gap-0.5 overflow-x-auto pr-4 [mask-image:linear-gradient(to_right,black_calc(100%-16px),transparent)] [scrollbar-width:none]">
        {editor ? <RichTools editor={editor} compact={compact} disabled={disabled || isSource} /> : null}
      </div>
      <ToolbarButton
        name="Markdown source"
        icon={FileCode2}
        pressed={isSource}
        onPress={onToggleSource}
        disabled={!editor}
      />
    </BaseToolbar.Root>
  );
}

interface RichToolsProps {
  readonly editor: Editor;
  readonly compact: boolean;
  readonly disabled: boolean;
}

function RichTools({ editor, compact, disabled }: RichToolsProps): ReactElement {
  // Every transaction can change what is on; the answer is compared, so most of them draw nothing.
  const state = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      marks: markTools.map(({ mark }) => now.isActive(mark)),
      blocks: [...headingCommands, ...listCommands, quoteCommand, codeBlockCommand].map((command) =>
        command.isActive(now),
      ),
      inTable: now.isActive('table'),
      inLink: now.isActive('link'),
      onImage: now.isActive('image'),
      canUndo: now.can().undo(),
      canRedo: now.can().redo(),
    }),
  });
  const block = (command: BlockCommand, isToggle = true) => (
    <ToolbarButton
      key={command.name}
      name={command.name}
      icon={command.icon}
      disabled={disabled}
      onPress={() => command.run(editor)}
      {...(isToggle ? { pressed: !disabled && command.isActive(editor) } : {})}
    />
  );
  return (
    <>
      {compact ? null : (
        <>
          <ToolMenu
            editor={editor}
            name="Headings"
            icon={Heading}
            disabled={disabled}
            items={[paragraphCommand, ...headingCommands].map((command) => ({
              name: command.name,
              icon: command.icon,
              isOn: command.isActive(editor),
              run: () => command.run(editor),
            }))}
          />
          <Separator />
        </>
      )}
      {markTools.map(({ mark, name, icon, keys }, index) => (
        <ToolbarButton
          key={mark}
          name={name}
          icon={icon}
          keys={keys}
          disabled={disabled}
          pressed={!disabled && state.marks[index] === true}
          onPress={() => editor.chain().focus().toggleMark(mark).run()}
        />
      ))}
      <LinkTool editor={editor} disabled={disabled} />
      <Separator />
      {listCommands.map((command) => block(command))}
      {compact ? null : (
        <>
          {block(quoteCommand)}
          <Separator />
          {block(codeBlockCommand)}
          <ToolMenu
            editor={editor}
            name="Table"
            icon={Table}
            disabled={disabled}
            items={tableItems(editor)}
          />
          <ImageTool editor={editor} disabled={disabled} />
          {block(dividerCommand, false)}
        </>
      )}
      <Separator />
      <ToolbarButton
        name="Undo"
        icon={Undo2}
        keys="Control+Z"
        disabled={disabled || !state.canUndo}
        onPress={() => editor.chain().focus().undo().run()}
      />
      <ToolbarButton
        name="Redo"
        icon={Redo2}
        keys="Control+Shift+Z"
        disabled={disabled || !state.canRedo}
        onPress={() => editor.chain().focus().redo().run()}
      />
    </>
  );
}

function Separator(): ReactElement {
  return <BaseToolbar.Separator className="mx-1 h-5 w-px shrink-0 bg-line" />;
}
