import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { Journal, type openDatabase, Plans, TagChanges } from '../../../src-main/data/index.ts';
import type { RegistryHandle } from '../../../src-main/services/index.ts';
import { inPages } from '../../../src-main/services/operations/in-pages.ts';
import type { PlanContext } from '../../../src-main/services/operations/kind.ts';
import { planRestoring } from '../../../src-main/services/restoring/plan.ts';
import type { Measurement } from '../report.ts';
import { watchingLoop } from './event-loop.ts';

type Opened = Awaited<ReturnType<typeof openDatabase>>;

const CHANGES = 100_000;
const LATE_MS = 50;
const PLACE = { origin: 'https://registry.test', host: 'registry.test' };

/** The undo of a synchronisation that moved 100,000 tags, planned at a registry that answers at once, and kept as a plan. */
export async function measureUndo({
  database,
  cache,
}: Pick<Opened, 'database' | 'cache'>): Promise<Measurement[]> {
  const operationId = await moveTags(database);
  const tagChanges = new TagChanges(database);
  const registry = {
    place: PLACE,
    readOnly: false,
    noteWrites: () => {},
    protects: () => false,
    client: {},
    reader: {
      async head(_: string, tag: string) {
        await turn();
        return { digest: digestAfter(tag) };
      },
    },
  } as unknown as RegistryHandle;
  const context = {
    access: {},
    at: async () => registry,
    changes: () =>
      inPages(
        0,
        (after) => tagChanges.page(operationId, after, 1_000),
        ({ id }) => id,
      ),
    trashed: async function* () {},
  } as unknown as PlanContext;
  const planned = await watchingLoop(async () => {
    const { items, states, ...plan } = await planRestoring(PLACE, context);
    const made = new Date().toISOString();
    return await new Plans(cache).add({ ...plan, id: randomUUID(), made }, items, states);
  });
  if (planned.result.acting !== CHANGES) throw new Error(`${planned.result.acting} tags would go back`);
  const what = `Undo of ${CHANGES.toLocaleString('en')} tags planned`;
  return [
    { what, value: planned.took / 1000, unit: 's' },
    { what: `${what}: event loop late`, value: planned.late, unit: 'ms', target: LATE_MS },
  ];
}

/** No two neighbours go back to the same digest: each is a line of its own. */
async function moveTags(database: Opened['database']): Promise<string> {
  const [id, planId] = [randomUUID(), randomUUID()];
  const subject = { kind: 'sync' };
  const plan = { id: planId, kind: 'sync', subject, summary: {}, needsConsent: false };
  await new Plans(database).add({ ...plan, made: new Date().toISOString() }, [], []);
  new Journal(database).create({ id, planId, subject, progress: {}, owner: 'bench' }, new Date());
  const tagChanges = new TagChanges(database);
  const changes = Array.from({ length: CHANGES }, (_, number) => ({
    repository: `team/app-${Math.floor(number / 100)}`,
    reference: `v1.${number}`,
    before: `sha256:${number.toString(16).padStart(64, '0')}`,
    after: digestAfter(`v1.${number}`),
  }));
  tagChanges.begin(id, changes);
  return id;
}

function digestAfter(tag: string): string {
  return `sha256:${Buffer.from(tag).toString('hex').padStart(64, 'f')}`;
}
