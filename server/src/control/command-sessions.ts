import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A command that asks for nothing this long has gone, in milliseconds. */
const IDLE_MS = 60_000;
const MOST_SESSIONS = 16;

interface CommandSession {
  readonly digest: Buffer;
  lastUse: number;
  running: number;
}

/** The one-time token, and the commands that were let in by one. Time is passed in, in milliseconds. */
export class CommandSessions {
  private token: Buffer | undefined;
  private sessions: CommandSession[] = [];

  /** Makes the token that lets the next command in; the one before is worth nothing any more. */
  nextToken(): string {
    const token = newSecret();
    this.token = digestOf(token);
    return token;
  }

  /** Lets a command in by the token, and uses that up. @returns the command's secret; null: refused */
  open(token: string, now: number): string | null {
    this.forgetIdle(now);
    const fits = this.token !== undefined && timingSafeEqual(this.token, digestOf(token));
    if (!fits || this.sessions.length >= MOST_SESSIONS) return null;
    this.token = undefined;
    const secret = newSecret();
    this.sessions.push({ digest: digestOf(secret), lastUse: now, running: 0 });
    return secret;
  }

  /** Begins a request of a command. @returns what to call at its end; null: refused */
  enter(secret: string, now: number): ((now: number) => void) | null {
    this.forgetIdle(now);
    const session = this.find(secret);
    if (!session) return null;
    session.running += 1;
    return (end) => {
      session.running -= 1;
      session.lastUse = end;
    };
  }

  /** Ends a command's session. @returns whether there was one */
  close(secret: string): boolean {
    const session = this.find(secret);
    this.sessions = this.sessions.filter((other) => other !== session);
    return session !== undefined;
  }

  private find(secret: string): CommandSession | undefined {
    const digest = digestOf(secret);
    return this.sessions.find((session) => timingSafeEqual(session.digest, digest));
  }

  private forgetIdle(now: number): void {
    this.sessions = this.sessions.filter(({ running, lastUse }) => running > 0 || now - lastUse < IDLE_MS);
  }
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Digests have one length, so that comparing them in constant time says nothing of the secret. */
function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
