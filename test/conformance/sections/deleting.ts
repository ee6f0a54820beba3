import { expect, test } from 'vitest';
import {
  clientReader,
  deleteManifest,
  deleteTag,
  headManifest,
  listTags,
  probeDeletion,
  type RegistryClient,
} from '../../../src-main/engine/index.ts';
import { runDeleteStep } from '../../support/delete.ts';
import { makeImage, makeMultiPlatform } from '../../support/images.ts';
import { push } from '../../support/push.ts';
import { planDeletion } from '../../support/registry.ts';
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

  test('a manifest of a repository without any tag goes by its digest', async () => {
    const repository = newRepository('never-tagged');
    const image = await makeImage();
    await push(image, registry().target, repository);
    const client = connect(registry());
    const plan = await planDeletion(client, clientReader(client), repository, {
      tags: [],
      digests: [image.digest],
    });
    expect(plan).toMatchObject({ manifests: [{ digest: image.digest, tags: [] }] });
    for (const step of plan.steps) expect(await runDeleteStep(client, repository, step)).toBe('deleted');
    await expect(headManifest(client, repository, image.digest)).rejects.toMatchObject({ code: 'notFound' });
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

  test('B8: one tag of several on a digest goes alone: by its name where the registry can, else by a placeholder', async () => {
    const repository = newRepository('shared');
    const image = await makeImage();
    for (const tag of ['1.0', 'latest', 'stable']) await push(image, registry().target, repository, tag);
    const client = connect(registry());
    const plan = await planDeletion(client, clientReader(client), repository, { tags: ['1.0'] });
    const { digest } = image;
    expect(plan).toMatchObject({
      aloneBy: abilities.deleteTagAlone ? 'name' : 'placeholder',
      tagsAlone: [{ tag: '1.0', digest, siblings: ['latest', 'stable'] }],
      manifests: [],
      alsoRemoved: [],
      needsConsent: false,
      bytesFreed: 0,
      steps: [{ kind: 'deleteTag', tag: '1.0', digest }],
    });
    // Planning touches nothing.
    expect(await tagsIn(client, repository)).toEqual(['1.0', 'latest', 'stable']);
    for (const step of plan.steps) expect(await runDeleteStep(client, repository, step)).toBe('deleted');
    expect(await tagsIn(client, repository)).toEqual(['latest', 'stable']);
    for (const tag of ['latest', 'stable', digest])
      expect((await headManifest(client, repository, tag)).digest).toBe(digest);
    for (const step of plan.steps) expect(await runDeleteStep(client, repository, step)).toBe('gone');
  });

  test('all tags of a digest: the manifest goes and frees its bytes', async () => {
    const repository = newRepository('whole');
    const [image, other] = [await makeImage(), await makeImage({ name: 'other' })];
    for (const tag of ['1', '2']) await push(image, registry().target, repository, tag);
    await push(other, registry().target, repository, 'other'); // shares the layers
    const client = connect(registry());
    const plan = await planDeletion(client, clientReader(client), repository, { tags: ['1', '2'] });
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

  test('the tag of an index’s child goes, and the index stays whole', async () => {
    const repository = newRepository('child');
    const index = await makeMultiPlatform();
    const [child] = index.children;
    if (child === undefined) throw new Error('an index has children');
    await push(index, registry().target, repository, 'all');
    await push(child, registry().target, repository, 'amd64');
    const client = connect(registry());
    const plan = await planDeletion(client, clientReader(client), repository, { tags: ['amd64'] });
    // The manifest is kept for the index.
    expect(plan.manifests).toEqual([]);
    expect(plan.steps).toMatchObject([{ kind: 'deleteTag', tag: 'amd64', digest: child.digest }]);
    for (const step of plan.steps) expect(await runDeleteStep(client, repository, step)).toBe('deleted');
    expect(await tagsIn(client, repository)).toEqual(['all']);
    expect((await headManifest(client, repository, child.digest)).digest).toBe(child.digest);
  });

  test('a tag that moved since the plan stops it', async () => {
    const repository = newRepository('moved');
    const [planned, moved] = [await makeImage({ name: 'planned' }), await makeImage({ name: 'moved' })];
    await push(planned, registry().target, repository, '1');
    const client = connect(registry());
    const { steps } = await planDeletion(client, clientReader(client), repository, { tags: ['1'] });
    await push(moved, registry().target, repository, '1');
    for (const step of steps) {
      await expect(runDeleteStep(client, repository, step)).rejects.toMatchObject({ code: 'conflict' });
    }
    expect(await tagsIn(client, repository)).toEqual(['1']);
    expect((await headManifest(client, repository, '1')).digest).toBe(moved.digest);
    const before = headManifest(client, repository, planned.digest);
    if (abilities.movedTagTakesManifest) await expect(before).rejects.toMatchObject({ code: 'notFound' });
    else expect((await before).digest).toBe(planned.digest);
  });
}
