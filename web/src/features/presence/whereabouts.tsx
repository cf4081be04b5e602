'use client';

import type { UsersCount } from '@doclight/protocol';
import type { ReactElement } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { useSummary } from '@/lib/documents/summaries';
import { useWatchWorkspace, useWorkspacePresence } from '@/lib/presence/use-presence';
import { type Place, whereIs } from '@/lib/presence/where-is';
import { useSession } from '@/lib/session/session';

/** Each connected person with the documents they are in. */
export function Whereabouts({ count }: { readonly count: UsersCount }): ReactElement {
  const { user } = useSession();
  useWatchWorkspace(count.workspaceId);
  const { view } = useWorkspacePresence(count.workspaceId);
  const more = count.activeUsers - count.people.length;
  return (
    <ul className="flex flex-col gap-2.5">
      {count.people.map((person) => (
        <li key={person.id} className="flex items-center gap-2.5">
          <Avatar user={person} size={28} />
          <span className="min-w-0 text-[13px]">
            <span className="block truncate font-medium">
              {person.name}
              {person.id === user.id ? <span className="font-normal text-muted"> (you)</span> : null}
            </span>
            <span className="block truncate text-xs text-muted">
              <Places places={whereIs(person.id, view.documents.values())} />
            </span>
          </span>
        </li>
      ))}
      {more > 0 ? <li className="text-xs text-muted">and {more} more</li> : null}
    </ul>
  );
}

function Places({ places }: { readonly places: readonly Place[] }): ReactElement {
  const [first] = places;
  if (!first) return <>Looking around</>;
  return (
    <>
      {first.phase === 'edit' ? 'Editing' : 'Reading'} <DocumentTitle id={first.documentId} />
      {places.length > 1 ? ` and ${places.length - 1} more` : null}
    </>
  );
}

function DocumentTitle({ id }: { readonly id: string }): ReactElement {
  return <>{useSummary(id)?.title ?? 'a document'}</>;
}
