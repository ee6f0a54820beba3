import { describe, expect, test } from 'vitest';
import {
  clientReader,
  groupSteps,
  headManifest,
  listTags,
  type RegistryClient,
  runDeleteSteps,
} from '../../../src-main/engine/index.ts';
import { placeholderFor } from '../../../src-main/engine/model/placeholder.ts';
import { runDeleteStep } from '../../support/delete.ts';
import { makeArtifact, makeImage, seededBytes, type TestManifest } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { type Oddity, startOddRegistry } from '../../support/odd-registry.ts';
import { type PushTarget, push } from '../../support/push.ts';
import { planDeletion, registryOf } from '../../support/registry.ts';
import { clientOf, collect } from '../../support/server.ts';

const BY_DIGEST = { limits: { deleteByTag: false } };

/** Numbers from 0 to 1, the same ones for a seed. */
function randomOf(seed: number): () => number {
  const bytes = seededBytes(`deleting ${seed}`, 4096);
  let at = 0;
  return () => (bytes[at++ % bytes.length] ?? 0) / 256;
}

/** Where each tag of the repository points. */
async function tagsAt(client: RegistryClient): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const tag of (await collect(listTags(client, 'a'))).toSorted())
    found[tag] = (await headManifest(client, 'a', tag)).digest;
  return found;
}

async function pushTags(registry: PushTarget, image: TestManifest, ...tags: string[]): Promise<void> {
  for (const tag of tags) await push(image, registry, 'a', tag);
}

const planOf = (client: RegistryClient, ...tags: string[]) =>
  planDeletion(client, clientReader(client), 'a', { tags });

describe('B8: where a registry deletes by digest only', () => {
  test.each([1, 2, 3, 4, 5, 6])('deleting random tags leaves exactly the others (seed %i)', async (seed) => {
    const random = randomOf(seed);
    const registry = await startTestRegistry(BY_DIGEST);
    const client = clientOf(registry);
    const images = await Promise.all([0, 1, 2, 3].map((number) => makeImage({ name: `${seed}-${number}` })));
    const expected: Record<string, string> = {};
    for (let number = 0; number < 16; number++) {
      const image = images[Math.floor(random() * images.length)] ?? images[0];
      if (!image) throw new Error('There are images.');
      await pushTags(registry, image, `t${number}`);
      expected[`t${number}`] = image.digest;
    }
    for (let round = 0; round < 3; round++) {
      const doomed = Object.keys(expected).filter(() => random() < 0.3);
      if (doomed.length === 0) continue;
      const plan = await planOf(client, ...doomed);
      expect(plan).toMatchObject({ alsoRemoved: [], needsConsent: false });
      for (const group of groupSteps(plan.steps)) {
        const outcomes = await runDeleteSteps(await registryOf(client), clientReader(client), 'a', group);
        expect([...outcomes.values()].every((outcome) => 'result' in outcome)).toBe(true);
      }
      for (const tag of doomed) delete expected[tag];
      expect(await tagsAt(client)).toEqual(expected);
    }
  });

  test('what cannot be put or deleted leaves the tag where it was, and its words say why', async () => {
    const image = await makeImage();
    for (const method of ['PUT', 'DELETE']) {
      const registry = await startTestRegistry(BY_DIGEST);
      await pushTags(registry, image, '1', '2');
      const client = clientOf(registry);
      const { steps } = await planOf(client, '1');
      const [step] = steps;
      if (!step) throw new Error('There is a step.');
      registry.inject({ kind: 'status', status: 403, when: { method, path: /manifests/, times: 1 } });
      await expect(runDeleteStep(client, 'a', step)).rejects.toMatchObject({ code: 'denied' });
      expect(await tagsAt(client)).toEqual({ '1': image.digest, '2': image.digest });
      expect(await runDeleteStep(client, 'a', step)).toBe('deleted');
      expect(await tagsAt(client)).toEqual({ '2': image.digest });
    }
  });

  test('a tag at a placeholder that an earlier deletion left is one of its digest: it goes, and the others stay', async () => {
    const image = await makeImage();
    const registry = await startTestRegistry(BY_DIGEST);
    await pushTags(registry, image, '1', '2', 'stays');
    const client = clientOf(registry);
    const left = placeholderFor(image.digest, 'an earlier one');
    await registry.storage.putManifest('a', '1', left.manifest.mediaType, left.manifest.bytes);
    await registry.storage.putManifest('a', '2', left.manifest.mediaType, left.manifest.bytes);
    const plan = await planOf(client, '1');
    expect(plan.tagsAlone).toEqual([{ tag: '1', digest: image.digest, siblings: ['stays'] }]);
    for (const step of plan.steps) expect(await runDeleteStep(client, 'a', step)).toBe('deleted');
    // The other one that was left is not taken along.
    expect(await tagsAt(client)).toEqual({ '2': left.manifest.digest, stays: image.digest });
    for (const step of (await planOf(client, '2')).steps)
      expect(await runDeleteStep(client, 'a', step)).toBe('deleted');
    expect(await tagsAt(client)).toEqual({ stays: image.digest });
    await expect(headManifest(client, 'a', left.manifest.digest)).rejects.toMatchObject({ code: 'notFound' });
  });

  test('a placeholder is the same bytes for ever, and of its own for each digest and id', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    // Journals of earlier versions name placeholders by their ids: these bytes must never change.
    expect(placeholderFor(digest, 'id').manifest.digest).toBe(
      'sha256:460cec8342d9da4676798d5ad3c2cb6679628c69e49240eadc580be52a6fa84d',
    );
    expect(placeholderFor(digest, 'other').manifest.digest).not.toBe(
      placeholderFor(digest, 'id').manifest.digest,
    );
  });
});

describe('B8: effects are read back', () => {
  /** Answers 202 to deletions by digest and keeps the tags, as go-containerregistry's registry does. */
  const keepsTags: Oddity = ({ method, url }, ordinary) =>
    method === 'DELETE' && url.includes('sha256:') && !url.endsWith('0'.repeat(64))
      ? { status: 202 }
      : ordinary();

  test('a 202 that kept the tag is not believed: it is deleted by its name', async () => {
    const registry = await startOddRegistry(keepsTags);
    const image = await makeImage();
    await pushTags(registry.behind, image, '1', '2');
    const client = clientOf(registry);
    const plan = await planOf(client, '1', '2');
    expect(plan.steps).toMatchObject([{ kind: 'deleteManifest', tags: ['1', '2'] }]);
    for (const step of plan.steps) expect(await runDeleteStep(client, 'a', step)).toBe('deleted');
    expect(await tagsAt(clientOf(registry.behind))).toEqual({});
  });

  test('where it goes in no way the step fails and says so', async () => {
    const registry = await startOddRegistry(({ method }, ordinary) =>
      method === 'DELETE' ? { status: 202 } : ordinary(),
    );
    const image = await makeImage();
    await pushTags(registry.behind, image, '1', '2');
    const client = clientOf(registry);
    const kept = {
      code: 'registryFailed',
      reason: expect.stringMatching(/said that 1.* was deleted, and still has it/),
    };
    for (const tags of [['1'], ['1', '2']])
      for (const step of (await planOf(client, ...tags)).steps)
        await expect(runDeleteStep(client, 'a', step)).rejects.toMatchObject(kept);
    expect(Object.keys(await tagsAt(client))).toEqual(['1', '2']);
  });
});

test('B8: a tag that a policy hides stops nothing but itself, and what goes needs consent where it may be on it', async () => {
  const [image, hidden] = [await makeImage(), await makeImage({ name: 'hidden' })];
  const registry = await startOddRegistry(({ url, method }, ordinary) =>
    method !== 'DELETE' && /manifests\/(hidden|sha256:x)$/.test(url) ? { status: 412 } : ordinary(),
  );
  await pushTags(registry.behind, image, '1', '2');
  await pushTags(registry.behind, hidden, 'hidden');
  const client = clientOf(registry);
  const alone = await planOf(client, '1', 'hidden');
  expect(alone).toMatchObject({
    asked: ['1'],
    tagsAlone: [{ tag: '1' }],
    blocked: [{ tag: 'hidden', error: { code: 'policyRefused', status: 412 } }],
    unseen: [],
    needsConsent: false,
  });
  for (const step of alone.steps) expect(await runDeleteStep(client, 'a', step)).toBe('deleted');
  expect(await planOf(client, '2')).toMatchObject({ unseen: ['hidden'], needsConsent: true });
  await expect(planOf(client, 'hidden')).rejects.toMatchObject({ code: 'policyRefused', status: 412 });
});

test('B8: what is attached can go along, and what is attached to that; what has another tag stays', async () => {
  for (const referrers of [true, false]) {
    const registry = await startTestRegistry({ limits: { referrers } });
    const image = await makeImage();
    const report = makeArtifact({ subject: image, content: Buffer.from('report') });
    const shared = makeArtifact({ subject: image, content: Buffer.from('shared') });
    const signature = makeArtifact({ subject: report, content: Buffer.from('signature of the report') });
    const cosign = await makeImage({ name: 'cosign' });
    const other = await makeImage({ name: 'other' });
    const hex = image.digest.slice('sha256:'.length);
    await pushTags(registry, image, '1');
    await pushTags(registry, other, 'other');
    await pushTags(registry, cosign, `sha256-${hex}.sig`);
    for (const artifact of [report, signature]) await push(artifact, registry, 'a');
    await pushTags(registry, shared, 'keep-me');
    const client = clientOf(registry);
    const read = clientReader(client);
    const offered = await planDeletion(client, read, 'a', { tags: ['1'] });
    expect(offered.attached).toMatchObject({ taken: false, tags: [`sha256-${hex}.sig`] });
    expect(offered.manifests.map(({ digest }) => digest)).toEqual([image.digest]);
    const plan = await planDeletion(client, read, 'a', { tags: ['1'], attached: true });
    expect(plan).toMatchObject({ needsConsent: false, alsoRemoved: [], attached: { taken: true } });
    for (const step of plan.steps) expect(await runDeleteStep(client, 'a', step)).toBe('deleted');
    expect(await tagsAt(client)).toEqual({ 'keep-me': shared.digest, other: other.digest });
    const gone = referrers ? [image, report, signature, cosign] : [image, cosign];
    for (const { digest } of gone)
      await expect(headManifest(client, 'a', digest)).rejects.toMatchObject({ code: 'notFound' });
  }
});
