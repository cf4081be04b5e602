import type { ReactElement } from 'react';
import { AvatarStack } from '@/components/ui/avatar-stack';
import type { OthersPresence } from '@/lib/presence/others';

interface PeopleStackProps {
  readonly others: OthersPresence | null;
  readonly most?: number;
  readonly className?: string;
}

/** The faces of everyone else in a document, editors first; whoever is away is dimmed. */
export function PeopleStack({ others, most = 3, className }: PeopleStackProps): ReactElement | null {
  if (!others || others.status === 'free') return null;
  const people = [...others.editors, ...others.readers].map((person) => ({
    ...person,
    dimmed: person.attention !== 'active',
  }));
  return (
    <AvatarStack
      people={people}
      count={others.editorCount + others.readerCount}
      most={most}
      className={className ?? ''}
    />
  );
}
