import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openAudit } from '../../src-main/data/audit/tasks.ts';
import { openDatabase } from '../../src-main/data/database/open.ts';
import { manyChanges } from '../support/many-changes.ts';
import { type Measurement, median, spread } from './report.ts';

const ENTRIES = 100_000;
const RUNS = 5;
/** Milliseconds that a person does not notice, for words that some changes have and not most. */
const TARGET = 100;

/** What is typed into History: in one change, in a quarter of them, two words of most. */
const TYPED = ['app-33332', 'delete', 'copy sha256:0'];

/** A page of History by what is typed, of a record of 100,000 entries. */
export async function measureHistory(): Promise<Measurement[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wharfinger-bench-'));
  const record = path.join(folder, 'wharfinger.db');
  const { database, cache } = await openDatabase(record);
  const room = await openAudit({ record, texts: path.join(folder, 'audit-text.db') });
  try {
    database.script(manyChanges(Math.ceil(ENTRIES / 3)));
    const what = `History of ${ENTRIES.toLocaleString('en')} entries`;
    const filled = timed(() => [...room.rest()]);
    const pages = TYPED.map((text): Measurement => {
      // Others than the page before, which is kept.
      const runs = Array.from({ length: RUNS }, (_, run) =>
        timed(() => {
          const filter = { text, since: `2025-01-0${run + 1}` };
          return [...room.questions.changes({ filter, undoable: [], offset: 0, limit: 100 })];
        }),
      );
      return {
        what: `${what}: ${text}`,
        value: median(runs),
        unit: 'ms',
        target: TARGET,
        note: spread(runs),
      };
    });
    return [{ what: `${what}: the index made`, value: filled / 1000, unit: 's' }, ...pages];
  } finally {
    room.close();
    cache.close();
    database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function timed(work: () => unknown): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}
