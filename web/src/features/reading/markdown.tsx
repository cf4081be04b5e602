'use client';

import { memo, type ReactElement } from 'react';
import ReactMarkdown, { type Components, type Options } from 'react-markdown';
import rehypeRaw from 'rehype-raw';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import { dropTitle } from './drop-title';
import { hasFrontMatter } from './front-matter';
import { markChanged } from './mark-changed';
import { prefixIds } from './prefix-ids';

interface MarkdownProps {
  readonly source: string;
  /** Starts of the blocks to mark as changed. */
  readonly changed: ReadonlySet<number>;
  /** What the page says above it already: a first heading of these words is left out. */
  readonly title?: string;
}

const plain: NonNullable<Options['remarkPlugins']> = [remarkGfm];
const withFrontMatter = [...plain, [remarkFrontmatter, ['yaml', 'toml']] satisfies [unknown, unknown]];

/** `prefixIds` does it, for links as well; footnotes would be prefixed twice here. */
const schema = { ...defaultSchema, clobberPrefix: '' };

const components: Components = {
  a({ node: _node, href, children, ...rest }) {
    const outside = href !== undefined && /^[a-z][a-z\d+.-]*:/i.test(href);
    return (
      <a {...rest} href={href} {...(outside ? { target: '_blank', rel: 'noopener noreferrer' } : {})}>
        {children}
      </a>
    );
  },
  input({ node: _node, checked }) {
    // Sanitising leaves only the checkboxes of task lists, which name nothing themselves. Not `disabled`,
    // which browsers draw so pale that done and to do look alike.
    return (
      <input
        type="checkbox"
        checked={checked === true}
        readOnly
        tabIndex={-1}
        aria-disabled="true"
        aria-label={checked ? 'Done' : 'To do'}
        className="pointer-events-none"
      />
    );
  },
  pre({ node: _node, ...rest }) {
    // biome-ignore lint/a11y/noNoninteractiveTabindex: code that is too wide must be scrollable by keyboard.
    return <pre {...rest} tabIndex={0} />;
  },
  table({ node: _node, ...rest }) {
    // biome-ignore lint/a11y/noNoninteractiveTabindex: so must a table.
    return <table {...rest} tabIndex={0} />;
  },
  img({ node: _node, alt, ...rest }) {
    // biome-ignore lint/performance/noImgElement: images of documents come from anywhere.
    return <img {...rest} alt={alt ?? ''} loading="lazy" decoding="async" referrerPolicy="no-referrer" />;
  },
};

/** Markdown as a page. HTML in it is parsed and sanitised; nothing in it can run. */
export const Markdown = memo(function Markdown({ source, changed, title }: MarkdownProps): ReactElement {
  return (
    <ReactMarkdown
      remarkPlugins={hasFrontMatter(source) ? withFrontMatter : plain}
      rehypePlugins={[
        rehypeRaw,
        [rehypeSanitize, schema],
        prefixIds,
        [markChanged, changed],
        [dropTitle, title],
      ]}
      components={components}
    >
      {source}
    </ReactMarkdown>
  );
});
