import type { DashboardSnapshot, DocumentPresence } from '@doclight/protocol';
import { describe, expect, it } from 'vitest';
import { Dashboards } from './dashboards';

const totals = { reading: 0, editing: 0 };
const snapshot = (version: number, documents: DocumentPresence[] = []): DashboardSnapshot => ({
  version,
  activeUsers: 1,
  people: [],
  totals,
  documents,
  truncated: false,
});
const reading = (version: number): DocumentPresence => ({
  documentId: 'd',
  workspaceId: 'w',
  version,
  status: 'read',
  readers: [],
  editors: [],
  readerCount: 1,
  editorCount: 0,
});
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function harness(answers: DashboardSnapshot[]) {
  const calls: string[] = [];
  const dashboards = new Dashboards(
    async (workspaceId, documentIds) => {
      calls.push(['join', workspaceId, ...(documentIds ?? [])].join(' '));
      const answer = answers.shift();
      if (!answer) throw new Error('no answer');
      return answer;
    },
    (workspaceId) => calls.push(`leave ${workspaceId}`),
  );
  return { dashboards, calls };
}

describe('Dashboards', () => {
  it('joins once however many look, and leaves with the last', async () => {
    const { dashboards, calls } = harness([snapshot(1)]);
    const first = dashboards.watch('w');
    const second = dashboards.watch('w');
    await settled();
    first();
    expect(calls).toEqual(['join w']);
    second();
    expect(calls).toEqual(['join w', 'leave w']);
    expect(dashboards.of('w').known).toBe(false);
  });

  it('joins again when a frame is missing', async () => {
    const { dashboards, calls } = harness([snapshot(1), snapshot(7, [reading(6)])]);
    dashboards.watch('w');
    await settled();
    dashboards.onDiff({ workspaceId: 'w', previous: 5, version: 7, totals, documents: [] });
    await settled();
    expect(calls).toEqual(['join w', 'join w']);
    expect(dashboards.of('w').view.documents.get('d')?.status).toBe('read');
    expect(dashboards.of('w').view.version).toBe(7);
  });

  it('joins again on every connect', async () => {
    const { dashboards, calls } = harness([snapshot(1), snapshot(2)]);
    dashboards.watch('w');
    await settled();
    dashboards.onConnect();
    await settled();
    expect(calls).toEqual(['join w', 'join w']);
  });

  it('asks for what is on the screen where the server cannot list everything', async () => {
    const whole = { ...snapshot(1), truncated: true };
    const { dashboards, calls } = harness([whole, snapshot(2, [reading(2)]), snapshot(3), snapshot(4)]);
    dashboards.watch('w');
    dashboards.focus('w', ['d', 'e']);
    await settled();
    expect(calls).toEqual(['join w', 'join w d e']);
    expect(dashboards.of('w')).toMatchObject({ known: true, truncated: true });
    dashboards.focus('w', ['f']);
    await settled();
    dashboards.focus('w', null);
    await settled();
    expect(calls.slice(2)).toEqual(['join w f', 'join w']);
    expect(dashboards.of('w').truncated).toBe(false);
  });

  it('ignores frames of workspaces that nobody looks at', () => {
    const { dashboards } = harness([]);
    dashboards.onDiff({ workspaceId: 'w', previous: 0, version: 7, totals, documents: [reading(7)] });
    expect(dashboards.of('w').view.documents.size).toBe(0);
  });
});
