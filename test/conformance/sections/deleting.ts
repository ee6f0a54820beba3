import { expect, test } from 'vitest';
import {
  clientReader,
  deleteManifest,
  deleteTag,
  headManifest,
  listTags,
  planDeletion,
  probeDeletion,
  type RegistryClient,
  runDeleteStep,
} from '../../../src-main/engine/index.ts';
import { makeImage, makeMultiPlatform } from '../../support/images.ts';
import { push } from '../../support/push.ts';
import { collect, connect, newRepository, type Subject } from '../setup.ts';

async function tagsIn(client: RegistryClient, repository: string): Promise<string[]> {
  return (await collect(listTags(client, repository))).toSorted();
}

/** Deleting by digest and by tag, planned and alone, and the refusals. */
export function deleting(subject: Subject): void {
  test('what can be deleted is known without deleting anything', async () => {
    const { abilities, registry } = subject;
    const repository = newRepository('probe');
    await push(await makeImage(), registry().target, repository, '1');
    const client = connect(registry());
    expect(await probeDeletion(client, repository)).toEqual({
      digest: abilities.delete ? 'yes' : 'no',
      tag: abilities.deleteTagAlone ? 'yes' : 'no',
    });
    expect(await tagsIn(client, repository)).toEqual(['1']);
  });

  if (subject.abilities.delete) deletingAllowed(subject);
  else deletingRefused(subject);
}

function deletingRefused({ registry }: Subject): void {
  test('every deletion is refused as unsupported and nothing is lost', async () => {
    const repository = newRepository('kept');
    const image = await makeImage();
    await push(image, registry().target, repository, '1');
    await push(image, registry().target, repository, '2');
    const client = connect(registry());
    const refusals = [
      deleteManifest(client, repository, image.digest),
      deleteTag(client, repository, '1'),
      runDeleteStep(client, repository, { kind: 'deleteManifest', digest: image.digest, tags: ['1', '2'] }),
      runDeleteStep(client, repository, { kind: 'deleteTag', digest: image.digest, tag: '1' }),
    ];
    for (const refusal of await Promise.allSettled(refusals)) {
      expect(refusal).toMatchObject({ status: 'rejected', reason: { code: 'unsupported' } });
    }
    expect(await tagsIn(client, repository)).toEqual(['1', '2']);
    expect((await headManifest(client, repository, '1')).digest).toBe(image.digest);
  });
}

function deletingAllowed({ abilities, registry }: Subject): void {
  test('a digest goes with every tag on it, and others stay', async () => {
    const repository = newRepository('by-digest');
    const [image, other] = [await makeImage(), await makeImage({ name: 'other' })];
    for (const tag of ['1', '2']) await push(image, registry().target, repository, tag);
    await push(other, registry().target, repository, 'other');
    const client = connect(registry());
    await deleteManifest(client, repository, image.digest);
    for (const gone of ['1', '2', image.digest]) {
      await expect(headManifest(client, repository, gone)).rejects.toMatchObject({ code: 'notFound' });
    }
    expect(await tagsIn(client, repository)).toEqual(['other']);
    await expect(deleteManifest(client, repository, image.digest)).rejects.toMatchObject({
      code: 'notFound',
    });
  });

  test('a deletion by tag takes that tag alone, or is refused and takes nothing', async () => {
    const repository = newRepository('by-tag');
    const image = await makeImage();
    for (const tag of ['1', '2']) await push(image, registry().target, repository, tag);
    const client = connect(registry());
    if (abilities.deleteTagAlone) {
      await deleteTag(client, repository, '1');
      expect(await tagsIn(client, repository)).toEqual(['2']);
    } else {
      await expect(deleteTag(client, repository, '1')).rejects.toMatchObject({ code: 'unsupported' });
      expect(await tagsIn(client, repository)).toEqual(['1', '2']);
    }
    expect((await headManifest(client, repository, '2')).digest).toBe(image.digest);
  });

  test('one tag of several on a digest: alone where the registry can, else only with consent', async () => {
    const repository = newRepository('shared');
    const image = await makeImage();
    for (const tag of ['1.0', 'latest', 'stable']) await push(image, registry().target, repository, tag);
    const client = connect(registry());
    const plan = await planDeletion(client, clientReader(client), repository, ['1.0']);
    const { digest } = image;
    if (abilities.deleteTagAlone) {
      expect(plan).toMatchObject({
        tagsAlone: [{ tag: '1.0', digest, siblings: ['latest', 'stable'] }],
        manifests: [],
        alsoRemoved: [],
        needsConsent: false,
        bytesFreed: 0,
        steps: [{ kind: 'deleteTag', tag: '1.0', digest }],
      });
    } else {
      expect(plan).toMatchObject({ tagsAlone: [], alsoRemoved: ['latest', 'stable'], needsConsent: true });
      expect(plan.manifests.map((manifest) => manifest.digest)).toEqual([digest]);
      expect(plan.steps).toEqual([{ kind: 'deleteManifest', digest, tags: expect.any(Array) }]);
      expect(plan.steps.flatMap((step) => ('tags' in step ? step.tags : [])).toSorted()).toEqual([
        '1.0',
        'latest',
        'stable',
      ]);
    }
    // Planning touches nothing.
    expect(await tagsIn(client, repository)).toEqual(['1.0', 'latest', 'stable']);
    for (const step of plan.steps) expect(await runDeleteStep(client, repository, step)).toBe('deleted');
    expect(await tagsIn(client, repository)).toEqual(abilities.deleteTagAlone ? ['latest', 'stable'] : []);
    for (const step of plan.steps) expect(await runDeleteStep(client, repository, step)).toBe('gone');
  });

  test('all tags of a digest: the manifest goes and frees its bytes', async () => {
    const repository = newRepository('whole');
    const [image, other] = [await makeImage(), await makeImage({ name: 'other' })];
    for (const tag of ['1', '2']) await push(image, registry().target, repository, tag);
    await push(other, registry().target, repository, 'other'); // shares the layers
    const client = connect(registry());
    const plan = await planDeletion(client, clientReader(client), repository, ['1', '2']);
    const config = image.blobs[0]?.bytes.length ?? 0;
    expect(plan).toMatchObject({
      alsoRemoved: [],
      needsConsent: false,
      bytesFreed: image.bytes.length + config,
    });
    for (const step of plan.steps) expect(await runDeleteStep(client, repository, step)).toBe('deleted');
    await expect(headManifest(client, repository, image.digest)).rejects.toMatchObject({ code: 'notFound' });
    expect(await tagsIn(client, repository)).toEqual(['other']);
  });

  test('an index that holds the manifest is named', async () => {
    const repository = newRepository('child');
    const index = await makeMultiPlatform();
    const [child] = index.children;
    if (child === undefined) throw new Error('an index has children');
    await push(index, registry().target, repository, 'all');
    await push(child, registry().target, repository, 'amd64');
    const client = connect(registry());
    const plan = await planDeletion(client, clientReader(client), repository, ['amd64']);
    const removed = plan.manifests.find(({ digest }) => digest === child.digest);
    // Where the tag can go alone the manifest is kept for the index; else the plan says which index would break.
    if (removed === undefined)
      expect(plan.steps).toEqual([{ kind: 'deleteTag', tag: 'amd64', digest: child.digest }]);
    else expect(removed.indexes).toEqual([{ digest: index.digest, tags: ['all'] }]);
    expect(removed === undefined).toBe(abilities.deleteTagAlone);
  });

  test('a tag that moved since the plan stops it', async () => {
    const repository = newRepository('moved');
    const [planned, moved] = [await makeImage({ name: 'planned' }), await makeImage({ name: 'moved' })];
    await push(planned, registry().target, repository, '1');
    const client = connect(registry());
    const { steps } = await planDeletion(client, clientReader(client), repository, ['1']);
    await push(moved, registry().target, repository, '1');
    for (const step of steps) {
      await expect(runDeleteStep(client, repository, step)).rejects.toMatchObject({ code: 'conflict' });
    }
    expect(await tagsIn(client, repository)).toEqual(['1']);
    expect((await headManifest(client, repository, '1')).digest).toBe(moved.digest);
    expect((await headManifest(client, repository, planned.digest)).digest).toBe(planned.digest);
  });
}
