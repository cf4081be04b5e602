import type { Document, DocumentSaved } from '@doclight/protocol';
import { type Latency, latencyOf } from '../figures.js';
import type { Identity } from '../stack.js';
import { inParallel } from './pace.js';
import { Wire } from './wire.js';

export interface SaveInput {
  readonly url: string;
  readonly workspaceId: string;
  readonly documentIds: readonly string[];
  /** One writer for each document, the others look at dashboards. */
  readonly people: readonly Identity[];
  /** From one save of a writer to the next. */
  readonly everyMs: number;
  readonly savesEach: number;
}

export interface SaveResult {
  readonly saves: number;
  readonly seconds: number;
  readonly save: Latency;
  /** From sending a save to a dashboard having its event. */
  readonly screen: Latency;
  /** Events that came to dashboards; `saves` times their number where none is lost. */
  readonly events: number;
  readonly dashboards: number;
}

/** Writers save while dashboards watch. */
export async function save(input: SaveInput): Promise<SaveResult> {
  const { url, workspaceId, documentIds, people, everyMs, savesEach } = input;
  const writers = people.slice(0, documentIds.length);
  const sentAt = new Map<string, number>();
  const onSave: number[] = [];
  const onScreen: number[] = [];
  let events = 0;
  const screens = await inParallel(people.slice(documentIds.length), 50, async ({ cookie }) => {
    const wire = await Wire.connect(url, cookie);
    await wire.ask('dashboard:join', { workspaceId });
    wire.onEvent = (text) => {
      if (!text.startsWith('["document:saved"')) return;
      const arrived = performance.now();
      const [, { documentId, revision }] = JSON.parse(text) as [string, DocumentSaved];
      const sent = sentAt.get(`${documentId} ${revision}`);
      if (sent === undefined) return;
      events += 1;
      onScreen.push(arrived - sent);
    };
    return wire;
  });
  const begun = performance.now();
  await Promise.all(
    writers.map(async ({ cookie }, i) => {
      const documentId = documentIds[i] as string;
      const headers = { cookie, origin: url, 'content-type': 'application/json' };
      // Not all in the same moment.
      await new Promise((resolve) => setTimeout(resolve, (everyMs * i) / writers.length));
      for (let revision = 1; revision <= savesEach; revision += 1) {
        const sent = performance.now();
        sentAt.set(`${documentId} ${revision + 1}`, sent);
        const answer = await fetch(`${url}/api/documents/${documentId}`, {
          method: 'PUT',
          headers: { ...headers, 'if-match': `"${revision}"` },
          body: JSON.stringify({
            title: `Saved ${revision}`,
            abstract: '',
            text: `${'word '.repeat(400)}${revision}`,
          }),
        });
        const saved = (await answer.json()) as Document;
        if (!answer.ok)
          throw new Error(`a save was answered with ${answer.status}: ${JSON.stringify(saved)}`);
        onSave.push(performance.now() - sent);
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, sent + everyMs - performance.now())));
      }
    }),
  );
  const seconds = (performance.now() - begun) / 1_000;
  const expected = onSave.length * screens.length;
  for (let i = 0; i < 100 && events < expected; i += 1)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return {
    saves: onSave.length,
    seconds,
    save: latencyOf(onSave),
    screen: latencyOf(onScreen),
    events,
    dashboards: screens.length,
  };
}
