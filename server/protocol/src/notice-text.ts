import type { NotificationType } from './notifications.js';

/** What the words of a notice depend on. */
export interface NoticeFacts {
  readonly type: NotificationType;
  readonly actorName: string;
  /** Null: many documents at once. */
  readonly documentTitle: string | null;
  /** How often, or how many documents, within 10 minutes. */
  readonly count: number;
}

/** The words of a notice, the same wherever it is shown. */
export function noticeText({ type, actorName, documentTitle, count }: NoticeFacts): {
  title: string;
  body: string;
} {
  if (documentTitle === null)
    return { title: `${actorName} ${manyVerb(type)} ${documents(count)}`, body: '' };
  const title = `${actorName} ${verb(type)} ${documentTitle}`;
  const often = count > 1 ? `${count} times within 10 minutes` : '';
  return { title, body: type === 'opened' ? 'You are editing it' : often };
}

function verb(type: NotificationType): string {
  switch (type) {
    case 'saved':
      return 'saved';
    case 'created':
      return 'created';
    case 'deleted':
      return 'deleted';
    case 'opened':
      return 'opened';
    case 'mentioned':
      return 'mentioned you in';
    case 'edit-requested':
      return 'asks to edit';
  }
}

function manyVerb(type: NotificationType): string {
  return type === 'saved' || type === 'created' || type === 'deleted' ? type : verb(type);
}

function documents(count: number): string {
  return count === 1 ? 'a document' : `${count.toLocaleString('en')} documents`;
}
