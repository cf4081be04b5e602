import type { Notice, NotificationList } from '@doclight/protocol';

/** Which notices are listed. */
export type NoticeFilter = 'all' | 'unread';

/** Pages of notices as the query cache holds them. */
export interface NoticePages {
  readonly pages: readonly NotificationList[];
  readonly pageParams: readonly unknown[];
}

/** Every notice that is loaded, once: one that moved while pages were loaded may be in two. */
export function loadedNotices(data: NoticePages | undefined): readonly Notice[] {
  const byId = new Map<string, Notice>();
  for (const page of data?.pages ?? [])
    for (const notice of page.notifications) if (!byId.has(notice.id)) byId.set(notice.id, notice);
  return [...byId.values()];
}

/**
 * Puts a notice where it belongs: in place where it has not moved, else on top. One older than what is loaded
 * comes with its page.
 */
export function putNotice(data: NoticePages, notice: Notice, filter: NoticeFilter): NoticePages {
  const known = loadedNotices(data).find(({ id }) => id === notice.id);
  if (known && known.updatedAt > notice.updatedAt) return data;
  if (known?.updatedAt === notice.updatedAt)
    return mapNotices(data, (one) => (one.id === notice.id ? notice : one));
  const without = mapNotices(data, (one) => (one.id === notice.id ? null : one));
  if (filter === 'unread' && notice.read) return without;
  const all = loadedNotices(without);
  const last = all.at(-1);
  const complete = without.pages.at(-1)?.nextCursor === null;
  if (last && notice.updatedAt < last.updatedAt && !complete) return without;
  const [first, ...rest] = without.pages;
  if (!first) return without;
  // What comes is the newest; what comes late, after an interruption, is put right by the next reload.
  return { ...without, pages: [{ ...first, notifications: [notice, ...first.notifications] }, ...rest] };
}

/** Marks some as read (or unread), or all. They stay where they are, in the list of the unread too. */
export function markNotices(data: NoticePages, ids: readonly string[] | null, read = true): NoticePages {
  const marked = ids && new Set(ids);
  return mapNotices(data, (notice) =>
    notice.read !== read && (marked === null || marked.has(notice.id)) ? { ...notice, read } : notice,
  );
}

/** Takes out those of a workspace. */
export function removeWorkspace(data: NoticePages, workspaceId: string): NoticePages {
  return mapNotices(data, (notice) => (notice.workspaceId === workspaceId ? null : notice));
}

function mapNotices(data: NoticePages, change: (notice: Notice) => Notice | null): NoticePages {
  const pages = data.pages.map((page) => {
    const notifications = page.notifications.flatMap((notice) => change(notice) ?? []);
    const same =
      notifications.length === page.notifications.length &&
      notifications.every((notice, at) => notice === page.notifications[at]);
    return same ? page : { ...page, notifications };
  });
  return pages.every((page, at) => page === data.pages[at]) ? data : { ...data, pages };
}
