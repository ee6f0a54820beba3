import { createRouterClient } from '@orpc/server';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createRouter } from '../../src-main/api/index.ts';
import type { PlaceHandle } from '../../src-main/services/index.ts';
import { type KindsData, operationKinds } from '../../src-main/services/operation-kinds.ts';
import type { OperationKind, Planned } from '../../src-main/services/operations/kind.ts';
import { Plans } from '../../src-main/services/operations/plans.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { addAccount, all, testCore } from './support/core.ts';

const subject = z.object({
  kind: z.literal('polish'),
  place: z.object({ account: z.string(), host: z.string() }),
  shelf: z.string(),
  back: z.boolean(),
});
type Subject = z.infer<typeof subject>;
const step = z.object({ jar: z.string() });

/** A kind that knows jars on a shelf, which are no tags at all. */
function polishing(
  shelf: Map<string, string>,
  { tagChanges }: KindsData,
): OperationKind<Subject, z.infer<typeof step>> {
  return {
    name: 'polish',
    subject,
    step,
    goesOn: true,
    places: ({ place }) => ({ reads: [], changes: [place] }),
    words: ({ shelf: name, back }) => `${back ? 'dull' : 'polish'} ${name}`,
    changes: ({ jar }, { shelf: name, back }) => [
      { repository: name, tag: jar, before: back ? 'shiny' : 'dull', after: back ? 'dull' : 'shiny' },
    ],
    async run(steps, { operationId, subject: { shelf: repository, back } }) {
      for await (const page of steps.pages())
        for (const { number, step: one } of page) {
          if (!shelf.has(one.jar))
            steps.failed(number, { code: 'notFound', message: `There is no jar ${one.jar}.` });
          else {
            const [before = null, after] = [shelf.get(one.jar), back ? 'dull' : 'shiny'];
            tagChanges.begin(operationId, [{ repository, reference: one.jar, before, after }]);
            shelf.set(one.jar, back ? 'dull' : 'shiny');
            steps.done(number, 'polished');
          }
        }
      return steps.outcome();
    },
    async undo({ subject: done }, { changes, at }) {
      const jars = (await all(changes())).flat().map(({ reference }) => reference);
      return {
        ...planOf(done, jars, await at(done.place, undefined)),
        subject: { ...done, back: !done.back },
      };
    },
  };
}

function planOf(
  about: Subject,
  jars: readonly string[],
  registry: PlaceHandle,
): Planned<Subject, { jars: number }> {
  return {
    kind: 'polish',
    subject: about,
    summary: { jars: jars.length },
    needsConsent: true,
    states: ['here', 'gone'],
    items: jars.map((jar) => ({ item: { jar }, state: jar === 'c' ? 'gone' : 'here', acts: true })),
    registries: { reads: [], changes: [registry] },
  };
}

test('a kind is added by its object and a line in the list: planned, confirmed, run, in the record, with its words', async () => {
  const registry = await startTestRegistry();
  const shelf = new Map([
    ['a', 'dull'],
    ['b', 'dull'],
  ]);
  const home = await temporaryFolder();
  const core = await testCore({ home }, (data) => [...operationKinds(data), polishing(shelf, data)]);
  const account = await addAccount(core, registry);
  const place = { account: account.id, host: account.host };
  if (!(core.plans instanceof Plans)) throw new Error('What a feature plans with.');
  const client = createRouterClient(createRouter(core));
  const about = { kind: 'polish', place, shelf: 'top', back: false } as const;
  const { id } = await core.plans.keep(
    planOf(about, ['a', 'b', 'c'], await core.accounts.handle(account.id)),
  );
  expect(await client.plans.get({ planId: id })).toMatchObject({
    kind: 'polish',
    summary: { jars: 3 },
    items: { total: 3, by: { here: 2, gone: 1 } },
  });
  expect(await client.plans.items({ planId: id, state: 'gone', offset: 0, limit: 9 })).toEqual({
    items: [{ number: 2, state: 'gone', jar: 'c' }],
    total: 1,
  });
  await expect(core.plans.start(id)).rejects.toMatchObject({ code: 'consentNeeded' });
  const { operationId } = await client.plans.start({ planId: id, consent: true });
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'failed' });
  expect([...shelf.values()]).toEqual(['shiny', 'shiny']);
  const [recorded] = await client.operations.history({ limit: 5, kinds: ['polish'] });
  expect(recorded).toMatchObject({
    id: operationId,
    title: 'polish top',
    subject: { kind: 'polish', shelf: 'top' },
    progress: { steps: { done: 2, total: 3 } },
    failure: { code: 'notFound' },
    actions: { retry: true, undo: true, pause: false, dismiss: true },
  });
  expect((await all(core.operations.changes(operationId))).flat()).toMatchObject([
    { tag: 'a', before: 'dull', after: 'shiny', state: 'done' },
    { tag: 'b', state: 'done' },
    { tag: 'c', state: 'failed' },
  ]);
  shelf.set('c', 'dull');
  await core.operations.retry(operationId);
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  expect(shelf.get('c')).toBe('shiny');

  const back = await client.operations.planUndo({ operationId });
  expect(back).toMatchObject({
    kind: 'polish',
    undoes: operationId,
    subject: { back: true },
    items: { total: 3 },
  });
  const undo = await client.plans.start({ planId: back.id, consent: true });
  expect(await core.operations.finished(undo.operationId)).toMatchObject({
    status: 'done',
    title: 'dull top',
  });
  expect([...shelf.values()]).toEqual(['dull', 'dull', 'dull']);
  expect(core.operations.get(operationId).actions.undo).toBe(false);

  // A version without the kind shows what it has of it, and does nothing with it.
  await core.close();
  const without = await testCore({ home });
  expect(without.operations.get(operationId)).toMatchObject({
    subject: { kind: 'unreadable', was: 'polish' },
    title: 'not readable by this version (polish)',
    actions: { retry: false, undo: false },
  });
});
