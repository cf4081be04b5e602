import type { EditLease, EditStatus, LeaseRequest } from '@doclight/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { RightOfWay, type Send } from './right-of-way';

const fry = { id: 'fry', name: 'Fry', color: '#336699' };
const leela = { id: 'leela', name: 'Leela', color: '#663399' };
const NOW = 1_000_000;

const lease = (change: Partial<EditLease> = {}): EditLease => ({
  documentId: 'd',
  holder: fry,
  token: 1,
  since: '2026-11-21T10:00:00.000Z',
  how: 'acquired',
  from: null,
  takeOverIn: null,
  ...change,
});
const request = (change: Partial<LeaseRequest> = {}): LeaseRequest => ({
  requestId: 'r',
  documentId: 'd',
  workspaceId: 'w',
  slug: 'd-1',
  title: 'D',
  kind: 'ask',
  state: 'open',
  by: leela,
  to: fry,
  secondsLeft: 60,
  ...change,
});
const overToLeela = lease({ holder: leela, token: 2, how: 'taken-over', from: fry });

describe('RightOfWay', () => {
  /** What the server answers next, and what it was asked. */
  let status: EditStatus;
  let answered: LeaseRequest;
  let sent: string[];
  let way: RightOfWay;
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  const enter = async (userId: string, phase: 'read' | 'edit'): Promise<void> => {
    way.enter({ documentId: 'd', phase, userId });
    await settled();
  };

  beforeEach(() => {
    status = { lease: lease(), requests: [] };
    answered = request();
    sent = [];
    const answer = (event: string): unknown => {
      sent.push(event);
      return event === 'edit:acquire' || event === 'edit:status' ? status : { request: answered };
    };
    way = new RightOfWay(((event: string) => Promise.resolve(answer(event))) as unknown as Send, () => NOW);
  });

  it('holds a token while it edits and is the holder', async () => {
    await enter('fry', 'edit');
    expect(sent).toEqual(['edit:acquire']);
    expect(way.tokenOf('d')).toBe(1);
    expect(way.tokenOf('other')).toBeUndefined();
    await enter('fry', 'read');
    expect(way.tokenOf('d')).toBeUndefined();
    await enter('leela', 'edit');
    expect(way.tokenOf('d')).toBeUndefined();
  });

  it('is paused when it is taken over, and edits beside the other one when it goes on', async () => {
    await enter('fry', 'edit');
    way.onRequest(request({ kind: 'take-over', state: 'accepted' }));
    way.onLease(overToLeela);
    expect(way.tokenOf('d')).toBeUndefined();
    expect(way.paused.get()).toEqual({ documentId: 'd', reason: 'taken-over', by: leela, at: NOW });
    status = { lease: overToLeela, requests: [] };
    await enter('fry', 'read');
    way.resume();
    await enter('fry', 'edit');
    expect(way.tokenOf('d')).toBeUndefined();
    expect(way.paused.get()).toBeNull();
  });

  it('finds out when it comes back, or by a save that is held back', async () => {
    await enter('fry', 'edit');
    status = { lease: overToLeela, requests: [] };
    way.reconnected();
    await settled();
    expect(way.paused.get()?.reason).toBe('taken-over');

    way.resume();
    status = { lease: lease({ token: 3 }), requests: [] };
    way.reconnected();
    await settled();
    status = { lease: lease({ holder: leela, token: 4, how: 'handed-over', from: fry }), requests: [] };
    await way.fenced('d');
    expect(way.paused.get()?.reason).toBe('handed-over');
  });

  it('goes on unpaused where it was only away while somebody else began', async () => {
    await enter('fry', 'edit');
    way.onLease(lease({ holder: leela, token: 2 }));
    expect(way.paused.get()).toBeNull();
    expect(way.tokenOf('d')).toBeUndefined();
  });

  it('takes the lease when whoever held it has gone', async () => {
    status = { lease: lease({ holder: leela }), requests: [] };
    await enter('fry', 'edit');
    expect(way.tokenOf('d')).toBeUndefined();
    status = { lease: lease({ token: 2 }), requests: [] };
    way.onLease(lease({ holder: null }));
    await settled();
    expect(way.tokenOf('d')).toBe(2);
  });

  it('does not pause the tab that hands over', async () => {
    await enter('fry', 'edit');
    way.onRequest(request());
    way.freeze('d');
    answered = request({ state: 'accepted' });
    await way.answer('r', true);
    way.onLease(overToLeela);
    expect(way.paused.get()?.reason).toBe('handing-over');
    way.leave('d');
    expect(way.paused.get()).toBeNull();
    expect(way.requests.get().size).toBe(0);
  });

  it('shows what one asks for until one has seen how it ended', async () => {
    await enter('leela', 'read');
    await way.ask('d', 'ask');
    expect(way.requests.get().get('r')).toMatchObject({ state: 'open', here: true, endsAt: NOW + 60_000 });
    way.onRequest(request({ state: 'declined', secondsLeft: 0 }));
    expect(way.requests.get().get('r')).toMatchObject({ state: 'declined', here: true });
    // The answer to the question comes behind what came of it.
    way.onRequest(request());
    expect(way.requests.get().get('r')?.state).toBe('declined');
    way.dismiss('r');
    expect(way.requests.get().size).toBe(0);
    answered = request({ requestId: 's', state: 'withdrawn' });
    await way.cancel('s');
    expect(way.requests.get().size).toBe(0);
  });

  it('hears of what it missed while it was not connected', async () => {
    await enter('leela', 'read');
    await way.refresh();
    await way.ask('d', 'ask');
    status = { lease: lease(), requests: [request()] };
    way.reconnected();
    await settled();
    expect(way.requests.get().get('r')?.state).toBe('open');
    status = { lease: lease({ holder: leela, token: 2, how: 'handed-over', from: fry }), requests: [] };
    way.reconnected();
    await settled();
    expect(way.requests.get().get('r')).toMatchObject({ state: 'accepted', here: true });
  });
});
