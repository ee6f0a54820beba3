import { expect, test } from 'vitest';
import { listUntagged } from '../../../src-main/engine/reading/listed.ts';
import { runDeleteStep } from '../../support/delete.ts';
import { GITEA_USER, startGitea } from '../../support/gitea.ts';
import { makeImage, makeMultiPlatform } from '../../support/images.ts';
import { listArtifacts, listRepositories, registryOf } from '../../support/registry.ts';
import { clientOf, collect } from '../../support/server.ts';

const credentials = { kind: 'password', username: GITEA_USER.username, password: GITEA_USER.token } as const;

async function setUp(page?: number) {
  const { gitea, server } = await startGitea(page);
  const client = clientOf(server, { credentials });
  return { gitea, server, client, open: () => registryOf(client) };
}

test('it is known by its token service, says its version, and lists its images to who is signed in with a token', async () => {
  const { gitea, client, open } = await setUp();
  gitea.push('team/app', 'one', await makeImage());
  expect(await open()).toMatchObject({ product: { id: 'gitea' }, by: 'tokenService', version: '1.26.0' });
  expect(await collect(listRepositories(client))).toEqual(['dev/team/app']);
  expect(await (await open()).abilities.self?.describe(undefined)).toMatchObject({
    version: '1.26.0',
    health: [{ name: 'database:ping', healthy: true }],
  });
});

test('versions come by pages of whatever size, with when each was pushed; those of other packages are not among them', async () => {
  const { gitea, open } = await setUp(2);
  const image = await makeImage();
  for (const tag of ['one', 'two', 'three']) gitea.push('app', tag, image, '2026-01-02T03:04:05Z');
  gitea.push('app-other', 'one', image);
  const found = await listArtifacts(await open(), 'dev/app');
  expect(found.map(({ tags }) => tags[0]).toSorted()).toEqual(['one', 'three', 'two']);
  expect(found[0]).toMatchObject({
    digest: image.digest,
    mediaType: image.mediaType,
    pushed: '2026-01-02T03:04:05Z',
  });
});

test('of manifests without a tag those are named that no index contains', async () => {
  const { gitea, open } = await setUp();
  const [index, orphan] = [await makeMultiPlatform(), await makeImage({ name: 'orphan' })];
  gitea.push('app', 'one', index);
  gitea.push('app', undefined, orphan);
  const untagged = await collect(listUntagged(await open(), 'dev/app'));
  expect(untagged.map(({ digest }) => digest)).toEqual([orphan.digest]);
  const listed = await listArtifacts(await open(), 'dev/app');
  expect(listed.find(({ tags }) => tags.includes('one'))?.children).toEqual(
    index.children.map(({ digest }) => digest),
  );
});

test('a tag goes alone, and a digest without one by itself', async () => {
  const { gitea, client } = await setUp();
  const [image, orphan] = [await makeImage(), await makeImage({ name: 'orphan' })];
  for (const tag of ['one', 'two']) gitea.push('app', tag, image);
  gitea.push('app', undefined, orphan);
  const step = { kind: 'deleteTag', tag: 'one', digest: image.digest, siblings: ['two'] } as const;
  expect(await runDeleteStep(client, 'dev/app', step)).toBe('deleted');
  expect(gitea.versions('app')).toEqual(['two', orphan.digest]);
});

test('to nobody the packages API is closed, and the registry is read by its protocol', async () => {
  const { server } = await startGitea();
  const registry = await registryOf(clientOf(server));
  const list = () => listArtifacts(registry, 'dev/app');
  await expect(list()).rejects.toMatchObject({ code: 'unauthorized' });
});
