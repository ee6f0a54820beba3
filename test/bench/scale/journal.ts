import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Journal, openDatabase, Plans } from '../../../src-main/data/index.ts';
import { StepCursor } from '../../../src-main/services/operations/steps.ts';
import { type CopyStep, copyStep } from '../../../src-main/services/transfers/step.ts';
import type { Measurement } from '../report.ts';
import { watchingLoop } from './event-loop.ts';
import { measureUndo } from './undo.ts';

const STEPS = 100_000;
/** Seconds until all steps of a confirmed plan are in the journal. */
const WRITTEN_S = 1;
const LATE_MS = 50;

/** A synchronisation of 100,000 tags in the journal: planned, confirmed, read by its run, looked at. */
export async function measureJournal(home: string): Promise<Measurement[]> {
  const { database, cache } = await openDatabase(path.join(home, 'wharfinger.db'));
  try {
    const plans = new Plans(database);
    const journal = new Journal(database);
    const id = randomUUID();
    const planId = randomUUID();
    const now = () => new Date();
    const plan = {
      id: planId,
      kind: 'sync',
      subject: { kind: 'sync' },
      summary: {},
      needsConsent: false,
      made: now().toISOString(),
    };
    const planned = await watchingLoop(() => plans.add(plan, items(), ['new']));
    const written = await watchingLoop(async () => {
      journal.create({ id, planId, subject: plan.subject, progress: {}, owner: 'bench' }, now());
      await journal.steps.write(id);
    });
    const read = await watchingLoop(async () => {
      const cursor = new StepCursor<CopyStep>(id, copyStep, {
        journal,
        now,
        settled: () => {},
        locked: () => undefined,
      });
      let count = 0;
      for await (const page of cursor.pages()) count += page.length;
      return count;
    });
    if (read.result !== STEPS) throw new Error(`${read.result} of ${STEPS} steps were read`);
    const shown = await watchingLoop(async () => {
      journal.steps.page(id, { state: 'waiting', offset: STEPS - 100, limit: 100 });
      journal.steps.counts(id);
    });
    const what = `${STEPS.toLocaleString('en')} steps`;
    return [
      seconds(`${what} planned`, planned.took),
      late(`${what} planned`, planned.late),
      { ...seconds(`${what} written to the journal`, written.took), target: WRITTEN_S },
      late(`${what} written to the journal`, written.late),
      { ...seconds(`${what} read by the run`, read.took), note: 'marked as begun, 1,000 in memory' },
      late(`${what} read by the run`, read.late),
      late(`${what}: the last page shown, and their number`, shown.late),
      ...(await measureUndo({ database, cache })),
    ];
  } finally {
    database.close();
    cache.close();
  }
}

function* items(): Generator<{ item: CopyStep; state: string; acts: boolean }> {
  for (let number = 0; number < STEPS; number++) {
    const repository = `team/app-${number % 1_000}`;
    const tag = `v1.${number}`;
    const digest = `sha256:${number.toString(16).padStart(64, '0')}`;
    const item = {
      source: { repository, reference: tag },
      target: { repository: `mirror/${repository}`, tag },
      digest,
      sourceDigest: digest,
    };
    yield { item, state: 'new', acts: true };
  }
}

function seconds(what: string, milliseconds: number): Measurement {
  return { what, value: milliseconds / 1000, unit: 's' };
}

function late(what: string, milliseconds: number): Measurement {
  return { what: `${what}: event loop late`, value: milliseconds, unit: 'ms', target: LATE_MS };
}
