import type { Person } from './crowd.js';
import type { SimulatedGateway } from './gateway.js';

/**
 * Where what a gateway shows differs from what people did: everybody in every workspace that it follows, with
 * phase, flags and numbers.
 * @returns differences, in words
 */
export function differences(people: readonly Person[], gateways: readonly SimulatedGateway[]): string[] {
  const byWorkspace = groupBy(people, ({ workspaceId }) => workspaceId);
  const found: string[] = [];
  for (const [g, gateway] of gateways.entries()) {
    for (const workspaceId of gateway.followed()) {
      for (const one of inWorkspace(byWorkspace.get(workspaceId) ?? [], gateway, workspaceId)) {
        found.push(`gateway ${g}, workspace ${workspaceId}: ${one}`);
      }
    }
  }
  return found;
}

function inWorkspace(people: readonly Person[], gateway: SimulatedGateway, workspaceId: string): string[] {
  const view = gateway.store.view(workspaceId);
  const found: string[] = [];
  const expect = (what: string, is: unknown, should: unknown): void => {
    if (is !== should) found.push(`${what} is ${is} and should be ${should}`);
  };
  const inside = people.filter(({ place }) => place === 'read' || place === 'edit');
  for (const { user, documentId, place, unsaved, attention } of inside) {
    const entry = view.entry(documentId, user.id);
    const is = entry && `${entry.phase} ${entry.unsaved} ${entry.attention}`;
    expect(`${user.name} in ${documentId}`, is, `${place} ${unsaved} ${attention}`);
  }
  const documents = groupBy(inside, ({ documentId }) => documentId);
  const occupied = [...view.occupied()];
  expect('the number of documents', occupied.length, documents.size);
  for (const { documentId, readerCount, editorCount } of occupied) {
    expect(`people in ${documentId}`, readerCount + editorCount, documents.get(documentId)?.length);
  }
  const editing = [...documents.values()].filter((some) => some.some(({ place }) => place === 'edit')).length;
  expect('documents that are edited', view.totals.editing, editing);
  expect('documents that are read', view.totals.reading, documents.size - editing);
  expect('people', view.people.activeUsers, people.filter(({ place }) => place !== 'away').length);
  return found;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
