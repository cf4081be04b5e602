import { labelText } from './label-text';
import type { OthersPresence } from './others';

/** A change of a label as a sentence, e.g. `Fry is editing Budget 2027`. */
export function describeChange(title: string, others: OthersPresence): string {
  if (others.status === 'free') return `${title} is free`;
  const { names } = labelText(others, 2);
  const verb = others.status === 'edit' ? 'editing' : 'reading';
  const count = others.status === 'edit' ? others.editorCount : others.readerCount;
  return `${names} ${count === 1 ? 'is' : 'are'} ${verb} ${title}`;
}
