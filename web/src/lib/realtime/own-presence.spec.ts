import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OwnPresenceKeeper } from './own-presence';

describe('OwnPresenceKeeper', () => {
  let sent: string[];
  let keeper: OwnPresenceKeeper;
  beforeEach(() => {
    vi.useFakeTimers();
    sent = [];
    keeper = new OwnPresenceKeeper({
      set: ({ documentId, phase, unsaved, attention }) =>
        sent.push(`set ${documentId} ${phase} ${unsaved} ${attention}`),
      clear: (documentId) => sent.push(`clear ${documentId}`),
    });
  });
  afterEach(() => void vi.useRealTimers());

  it('goes from reading to editing in one step', () => {
    keeper.enter({ documentId: 'a', phase: 'read', unsaved: false });
    keeper.leave('a');
    keeper.enter({ documentId: 'a', phase: 'edit', unsaved: false });
    vi.runAllTimers();
    expect(sent).toEqual(['set a read false active', 'set a edit false active']);
  });

  it('leaves when no page about the document follows', () => {
    keeper.enter({ documentId: 'a', phase: 'read', unsaved: false });
    keeper.leave('a');
    vi.runAllTimers();
    expect(sent.at(-1)).toBe('clear a');
    keeper.announce();
    expect(sent).toHaveLength(2);
  });

  it('leaves one document for another', () => {
    keeper.enter({ documentId: 'a', phase: 'read', unsaved: false });
    keeper.leave('a');
    keeper.enter({ documentId: 'b', phase: 'read', unsaved: false });
    vi.runAllTimers();
    expect(sent.slice(1)).toEqual(['clear a', 'set b read false active']);
  });

  it('says nothing twice, and everything again on request', () => {
    keeper.enter({ documentId: 'a', phase: 'edit', unsaved: true });
    keeper.enter({ documentId: 'a', phase: 'edit', unsaved: true });
    keeper.attend('hidden');
    keeper.attend('hidden');
    keeper.announce();
    expect(sent).toEqual(['set a edit true active', 'set a edit true hidden', 'set a edit true hidden']);
  });
});
