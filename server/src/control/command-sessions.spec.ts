import { describe, expect, it } from 'vitest';
import { CommandSessions } from './command-sessions.js';

const IDLE_MS = 60_000;

function opened(): { sessions: CommandSessions; secret: string } {
  const sessions = new CommandSessions();
  const secret = sessions.open(sessions.nextToken(), 0);
  if (secret === null) throw new Error('the token was refused');
  return { sessions, secret };
}

describe('CommandSessions', () => {
  it('lets nobody in before there is a token', () => {
    expect(new CommandSessions().open('', 0)).toBeNull();
  });

  it('takes a token once, and only the newest', () => {
    const sessions = new CommandSessions();
    const old = sessions.nextToken();
    const token = sessions.nextToken();
    expect(sessions.open(old, 0)).toBeNull();
    expect(sessions.open(`${token}x`, 0)).toBeNull();
    expect(sessions.open(token, 0)).not.toBeNull();
    expect(sessions.open(token, 0)).toBeNull();
  });

  it('ends a session with the command', () => {
    const { sessions, secret } = opened();
    expect(sessions.close('another')).toBe(false);
    expect(sessions.close(secret)).toBe(true);
    expect(sessions.enter(secret, 0)).toBeNull();
    expect(sessions.close(secret)).toBe(false);
  });

  it('ends a session that falls silent, and none that works', () => {
    const { sessions, secret } = opened();
    const leave = sessions.enter(secret, IDLE_MS - 1);
    expect(sessions.enter(secret, 10 * IDLE_MS)).not.toBeNull();
    leave?.(10 * IDLE_MS);
    const other = opened();
    other.sessions.enter(other.secret, 0)?.(IDLE_MS);
    expect(other.sessions.enter(other.secret, 2 * IDLE_MS - 1)).not.toBeNull();
    const silent = opened();
    expect(silent.sessions.enter(silent.secret, IDLE_MS)).toBeNull();
  });

  it('lets only so many in at once', () => {
    const sessions = new CommandSessions();
    for (let n = 0; n < 16; n += 1) expect(sessions.open(sessions.nextToken(), 0)).not.toBeNull();
    const token = sessions.nextToken();
    expect(sessions.open(token, 0)).toBeNull();
    expect(sessions.open(token, IDLE_MS)).not.toBeNull();
  });
});
