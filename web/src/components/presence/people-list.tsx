'use client';

import type { Person, Phase } from '@doclight/protocol';
import type { ReactElement } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { describePerson } from '@/lib/presence/label-text';
import type { OthersPresence } from '@/lib/presence/others';
import { useNow } from '@/lib/time/use-now';

/** Everyone else in a document, with what they do and since when. */
export function PeopleList({ others }: { readonly others: OthersPresence }): ReactElement {
  const listed = others.editors.length + others.readers.length;
  const more = others.editorCount + others.readerCount - listed;
  return (
    <ul className="flex flex-col gap-2">
      {others.editors.map((person) => (
        <PersonRow key={person.id} person={person} phase="edit" />
      ))}
      {others.readers.map((person) => (
        <PersonRow key={person.id} person={person} phase="read" />
      ))}
      {more > 0 ? <li className="text-xs text-muted">and {more} more</li> : null}
    </ul>
  );
}

function PersonRow({ person, phase }: { readonly person: Person; readonly phase: Phase }): ReactElement {
  const now = useNow();
  return (
    <li className="flex items-center gap-2">
      <Avatar user={person} size={24} dimmed={person.attention !== 'active'} />
      <span className="min-w-0">
        <span className="block truncate font-medium">{person.name}</span>
        <span className="block truncate text-xs text-muted">{describePerson(person, phase, now)}</span>
      </span>
    </li>
  );
}
