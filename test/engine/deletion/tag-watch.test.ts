import { expect, test } from 'vitest';
import {
  clientReader,
  type DeleteStep,
  type KnownTags,
  type RegistryClient,
  runDeleteSteps,
  TagWatch,
} from '../../../src-main/engine/index.ts';
import { amd64, makeBareIndex, makeImage, makeIndex, type TestManifest } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { plainRequest, push } from '../../support/push.ts';
import { planDeletion, registryOf } from '../../support/registry.ts';
import { clientOf } from '../../support/server.ts';

const REPOSITORY = 'a';

async function registryWith(tags: Readonly<Record<string, TestManifest>>) {
  const registry = await startTestRegistry();
  for (const [tag, manifest] of Object.entries(tags)) await push(manifest, registry, REPOSITORY, tag);
  const client = clientOf(registry);
  return { registry, client };
}

/** Runs the plan for tags, `meanwhile` in between, by a watch that knows what the plan saw, `age` milliseconds ago. */
async function runPlan(
  client: RegistryClient,
  tags: readonly string[],
  meanwhile: () => Promise<unknown>,
  age = 0,
) {
  const reader = clientReader(client);
  const { steps, looked } = await planDeletion(client, reader, REPOSITORY, { tags });
  await meanwhile();
  const known: KnownTags = { tags: looked, at: performance.now() - age, doomed: new Set(tags) };
  const watch = new TagWatch(client, reader, REPOSITORY, known);
  const outcomes = await runDeleteSteps(await registryOf(client), reader, REPOSITORY, steps, { watch });
  const of = (digest: string) => {
    const step = [...outcomes.keys()].find((one: DeleteStep) => one.digest === digest);
    return step && outcomes.get(step);
  };
  return { of, watch };
}

const tagged = async (registry: { url: string }, reference: string): Promise<boolean> =>
  (await plainRequest(registry, `/v2/${REPOSITORY}/manifests/${reference}`, { method: 'HEAD' })).status ===
  200;

test.each([
  ['a tag that is new', 'promoted', 0],
  ['a tag of before, once what was seen of it is old', 'latest', 60_000],
])('%s and is put on what goes keeps it, and the rest goes', async (_, tag, age) => {
  const [one, two, kept] = [
    await makeImage({ name: 'one' }),
    await makeImage({ name: 'two' }),
    await makeImage(),
  ];
  const { registry, client } = await registryWith({ one, two, latest: kept });
  const { of } = await runPlan(client, ['one', 'two'], () => push(one, registry, REPOSITORY, tag), age);
  expect(of(one.digest)).toMatchObject({ error: { code: 'conflict', reason: expect.stringContaining(tag) } });
  expect(of(two.digest)).toEqual({ result: 'deleted' });
  expect(await tagged(registry, tag)).toBe(true);
  expect(await tagged(registry, 'one')).toBe(true);
  expect(await tagged(registry, 'two')).toBe(false);
});

test('an index that came since keeps what it contains', async () => {
  const [one, two] = [await makeImage({ name: 'one' }), await makeImage({ name: 'two' })];
  const { registry, client } = await registryWith({ one, two });
  const index = makeIndex([{ manifest: one, platform: amd64 }]);
  const { of } = await runPlan(client, ['one', 'two'], () => push(index, registry, REPOSITORY, 'release'));
  expect(of(one.digest)).toMatchObject({ error: { reason: expect.stringContaining('release') } });
  expect(of(two.digest)).toEqual({ result: 'deleted' });
});

test('a tag that moved stays where it is, and a doomed tag that is gone is no loss', async () => {
  const [one, two, newer] = [
    await makeImage({ name: 'one' }),
    await makeImage({ name: 'two' }),
    await makeImage({ name: 'newer' }),
  ];
  const { registry, client } = await registryWith({ one, two });
  const { of, watch } = await runPlan(
    client,
    ['one', 'two'],
    async () => {
      await push(newer, registry, REPOSITORY, 'one');
      await plainRequest(registry, `/v2/${REPOSITORY}/manifests/two`, { method: 'DELETE' });
    },
    60_000,
  );
  expect(of(one.digest)).toMatchObject({ error: { reason: expect.stringContaining(newer.digest) } });
  expect(of(two.digest)).toEqual({ result: 'deleted' });
  expect(watch.lost).toEqual([]);
  expect(await tagged(registry, 'one')).toBe(true);
});

test('a tag that is gone although nothing was to delete it is noticed', async () => {
  const [one, kept] = [await makeImage({ name: 'one' }), await makeImage({ name: 'kept' })];
  const { registry, client } = await registryWith({ one, latest: kept });
  const { watch } = await runPlan(client, ['one'], () =>
    plainRequest(registry, `/v2/${REPOSITORY}/manifests/latest`, { method: 'DELETE' }),
  );
  expect(watch.lost).toEqual(['latest']);
});

test('what an index holds that could not be deleted stays with it', async () => {
  const child = await makeImage({ name: 'child' });
  const index = makeBareIndex(child);
  const { registry, client } = await registryWith({ index, child });
  registry.inject({
    kind: 'status',
    status: 403,
    when: { method: 'DELETE', path: new RegExp(index.digest) },
  });
  const { of } = await runPlan(client, ['index', 'child'], async () => {});
  expect(of(index.digest)).toMatchObject({ error: { code: 'denied' }, untouched: true });
  expect(of(child.digest)).toMatchObject({
    error: { reason: expect.stringContaining(index.digest) },
    untouched: true,
  });
  expect(await tagged(registry, 'child')).toBe(true);
});
