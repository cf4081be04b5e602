import type { Check } from '../checks.js';
import type { Acknowledged, Heard, Record, Revised, Told } from './records.js';

/** What came of a run. */
export interface Verdict {
  readonly checks: readonly Check[];
  /** Acknowledged saves that the history has, as they were acknowledged. */
  readonly found: number;
  /** Saves in the history whose client was never answered: allowed, it cannot know. */
  readonly unanswered: number;
}

/** Holds what clients were told against what there is. */
export function judge(record: Record): Verdict {
  const { acknowledged, sent, history, log, heard } = record;
  const lost = acknowledged.filter((save) => !isIn(history, save));
  const known = new Set(acknowledged.map(({ mark }) => mark));
  const marks = [...history.values()].flatMap((revisions) => saves(revisions).map(({ title }) => title));
  return {
    found: acknowledged.length - lost.length,
    unanswered: marks.filter((mark) => !known.has(mark)).length,
    checks: [
      {
        what: 'every acknowledged save is in the history, as its author made it',
        faults: lost.map(({ mark, documentId, revision }) => `${mark}: not ${documentId}@${revision}`),
      },
      { what: 'revisions count up by one, and in time', faults: [...history].flatMap(gaps) },
      { what: 'no save was made twice', faults: twice(marks) },
      { what: 'nothing is there that nobody saved', faults: marks.filter((mark) => !sent.has(mark)) },
      { what: 'the log has one event for each revision', faults: logFaults(log, history) },
      ...heard.flatMap((one) => hearingChecks(one, log)),
    ],
  };
}

/** The first revision is the document as it was made. */
const saves = (revisions: readonly Revised[]): readonly Revised[] => revisions.slice(1);

function isIn(history: Record['history'], { documentId, revision, mark, userId }: Acknowledged): boolean {
  const found = history.get(documentId)?.find((one) => one.revision === revision);
  return found?.title === mark && found.text.startsWith(`${mark}\n`) && found.userId === userId;
}

function gaps([documentId, revisions]: readonly [string, readonly Revised[]]): string[] {
  return revisions.flatMap(({ revision, savedAt }, i) => {
    if (revision !== i + 1) return [`${documentId}: revision ${revision} in place ${i + 1}`];
    const before = revisions[i - 1];
    return before && before.savedAt > savedAt
      ? [`${documentId}@${revision} is older than the one before`]
      : [];
  });
}

function twice(keys: readonly string[]): string[] {
  const seen = new Set<string>();
  return keys.filter((key) => seen.has(key) || !seen.add(key));
}

const place = ({ documentId, revision }: Pick<Told, 'documentId' | 'revision'>): string =>
  `${documentId}@${revision}`;

function logFaults(log: readonly Told[], history: Record['history']): string[] {
  const expected = new Set(
    [...history].flatMap(([documentId, revisions]) =>
      revisions.map(({ revision }) => place({ documentId, revision })),
    ),
  );
  const logged = log.map(place);
  const has = new Set(logged);
  return [
    ...[...expected].filter((key) => !has.has(key)).map((key) => `no event for ${key}`),
    ...logged.filter((key) => !expected.has(key)).map((key) => `an event for ${key}, which is not there`),
    ...twice(logged).map((key) => `two events for ${key}`),
  ];
}

function hearingChecks({ name, connections, caughtUp }: Heard, log: readonly Told[]): Check[] {
  const heard = new Set([...connections.flat(), ...caughtUp].map(({ eventId }) => eventId));
  const logged = new Set(log.map(({ eventId }) => eventId));
  return [
    {
      what: `${name} was told every event`,
      faults: log.filter(({ eventId }) => !heard.has(eventId)).map((event) => `not ${place(event)}`),
    },
    {
      what: `${name} was told nothing else, and on no connection anything twice or out of order`,
      faults: [
        ...[...heard].filter((id) => !logged.has(id)).map((id) => `${id} is not in the log`),
        ...connections.flatMap((events) => twice(events.map(({ eventId }) => `${eventId} twice`))),
        ...connections.flatMap(disorder),
      ],
    },
  ];
}

/** Revisions of one document have to come in their order. */
function disorder(events: readonly Told[]): string[] {
  const newest = new Map<string, number>();
  return events.flatMap((event) => {
    const before = newest.get(event.documentId) ?? 0;
    newest.set(event.documentId, Math.max(before, event.revision));
    return event.revision < before ? [`${place(event)} after ${before}`] : [];
  });
}
