'use client';

import { EditorContent } from '@tiptap/react';
import type { CSSProperties, ReactElement } from 'react';
import { cn } from '@/lib/class-names';
import { SlashMenuList } from './chrome/slash-menu-list';
import { Toolbar } from './chrome/toolbar';
import { SourceField } from './source-field';
import { shownSource } from './source-text';
import { useMarkdownEditor } from './use-markdown-editor';
import './rich-text.css';

interface MarkdownEditorProps {
  /** The accessible name of the field, exactly. */
  readonly label: string;
  /** The Markdown. A value that the editor did not tell itself replaces what is in it. */
  readonly value: string;
  /** Told after every edit, with the whole document: what was not touched is byte for byte as it was. */
  readonly onChange: (markdown: string) => void;
  readonly disabled?: boolean;
  /** A CSS length for the least height of the writing area. */
  readonly minHeight?: string;
  /** Leaves out the tools for larger blocks, for a field of a few sentences. */
  readonly compact?: boolean;
  /** Told once, when the document is shown and can be typed in. */
  readonly onReady?: () => void;
}

/** A field for Markdown that is written as it will look, or as source. */
export function MarkdownEditor(props: MarkdownEditorProps): ReactElement {
  const { label, value, onChange, disabled = false, compact = false, onReady } = props;
  const { minHeight = compact ? '5rem' : '16rem' } = props;
  const { editor, slashMenu, source, toggleSource, editSource } = useMarkdownEditor({
    label,
    value,
    onChange,
    disabled,
    compact,
    onReady,
  });
  const isSource = source !== null;
  return (
    <div
      className={cn(
        'rounded-lg border border-line-strong bg-surface transition-colors duration-100 focus-within:border-accent',
        disabled && 'opacity-60',
      )}
      style={{ '--editor-min-height': minHeight } as CSSProperties}
    >
      <Toolbar
        editor={editor}
        compact={compact}
        disabled={disabled}
        isSource={isSource}
        onToggleSource={toggleSource}
      />
      {isSource ? (
        <SourceField label={label} value={shownSource(source)} disabled={disabled} onChange={editSource} />
      ) : (
        <EditorContent editor={editor} className="rich-text-frame" />
      )}
      {editor ? <SlashMenuList editor={editor} store={slashMenu} /> : null}
    </div>
  );
}
