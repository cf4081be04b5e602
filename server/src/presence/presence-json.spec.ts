import type { DocumentPresence, PresenceDiff } from '@doclight/protocol';
import { describe, expect, it } from 'vitest';
import { PresenceJson } from './presence-json.js';

function presence(documentId: string, name: string): DocumentPresence {
  const since = '2026-11-28T10:00:00.000Z';
  const person = { id: 'fry', name, color: '#7c3aed', since, unsaved: true, attention: 'idle' as const };
  return {
    documentId,
    workspaceId: 'planet "express"',
    version: 7,
    status: 'edit',
    readers: [],
    editors: [person],
    readerCount: 0,
    editorCount: 1,
  };
}

describe('presence as JSON', () => {
  it.each([[[]], [['Fry']], [['Fry', 'Leela "Captain"\n', 'Zoidberg 🦀']]])(
    'is the frame itself: %j',
    (names) => {
      const frame: PresenceDiff = {
        workspaceId: 'planet "express"',
        previous: 1_764_300_000_000_000,
        version: 1_764_300_000_000_001,
        totals: { reading: 2, editing: 1 },
        documents: names.map((name, i) => presence(`document-${i}`, name)),
      };
      const json = new PresenceJson();
      for (let i = 0; i < 2; i += 1) expect(json.diff(frame)).toBe(JSON.stringify(frame));
    },
  );

  it('writes a document once a version', () => {
    let written = 0;
    const counted = (version: number): DocumentPresence => {
      const is = { ...presence('a', 'Fry'), version };
      const toJSON = () => {
        written += 1;
        return is;
      };
      return Object.assign({ ...is }, { toJSON });
    };
    const [first, second] = [counted(7), counted(8)];
    const frame = { workspaceId: 'w', previous: 6, version: 8, totals: { reading: 0, editing: 1 } };
    const json = new PresenceJson();
    for (let i = 0; i < 3; i += 1) json.diff({ ...frame, documents: [first] });
    expect(written).toBe(1);
    for (let i = 0; i < 3; i += 1) json.diff({ ...frame, documents: [second] });
    expect(json.document(second)).toContain('"version":8');
    expect(written).toBe(2);
  });
});
