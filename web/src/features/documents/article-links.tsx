import Link from 'next/link';
import { memo, type ReactElement } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { editPath, readPath } from '@/lib/documents/paths';

interface ArticleLinksProps {
  readonly slug: string;
  readonly titleId: string;
  readonly editable: boolean;
}

/** Read and Edit. Read covers the whole article, so that a click anywhere on it opens the document. */
export const ArticleLinks = memo(function ArticleLinks({
  slug,
  titleId,
  editable,
}: ArticleLinksProps): ReactElement {
  return (
    <span className="flex shrink-0 items-center gap-1">
      <Link
        href={readPath(slug)}
        aria-describedby={titleId}
        prefetch={false}
        className={buttonClass(
          { tone: 'quiet', size: 'sm' },
          'after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-ring',
        )}
      >
        Read
      </Link>
      {editable ? (
        <Link
          href={editPath(slug)}
          aria-describedby={titleId}
          prefetch={false}
          className={buttonClass({ tone: 'quiet', size: 'sm' }, 'relative z-10')}
        >
          Edit
        </Link>
      ) : null}
    </span>
  );
});
