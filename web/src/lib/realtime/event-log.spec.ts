import type { WorkspaceEvent } from '@doclight/protocol';
import { describe, expect, it } from 'vitest';
import { EventLog } from './event-log';

const deleted = (eventId: string): WorkspaceEvent => ({
  type: 'document:deleted',
  eventId,
  documentId: `d${eventId}`,
  workspaceId: 'w',
});

function listen(log: EventLog): string[] {
  const heard: string[] = [];
  log.subscribe((event, live) => heard.push(`${event.eventId} ${live}`));
  return heard;
}

describe('EventLog', () => {
  it('tells each event once', () => {
    const log = new EventLog();
    const heard = listen(log);
    log.receive(deleted('1'));
    log.receive(deleted('1'));
    expect(heard).toEqual(['1 true']);
  });

  it('catches up after the last event it saw, without repeating', async () => {
    const log = new EventLog();
    log.receive(deleted('1'));
    const heard = listen(log);
    const asked: string[] = [];
    const whole = await log.catchUp('w', async (after) => {
      asked.push(after);
      log.receive(deleted('3'));
      return { events: [deleted('1'), deleted('2'), deleted('3')], lastEventId: '3', truncated: false };
    });
    expect(whole).toBe(true);
    expect(asked).toEqual(['1']);
    expect(heard).toEqual(['3 true', '2 false']);
  });

  it('says when it cannot know what was missed', async () => {
    const log = new EventLog();
    expect(await log.catchUp('w', () => Promise.reject(new Error('not asked')))).toBe(false);
    log.receive(deleted('1'));
    const cut = { events: [], lastEventId: '9', truncated: true };
    expect(await log.catchUp('w', async () => cut)).toBe(false);
  });
});
