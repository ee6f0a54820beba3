import { beforeAll, describe, expect, test } from 'vitest';
import {
  clientReader,
  deleteTag,
  headManifest,
  listTags,
  RegistryClient,
} from '../../src-main/engine/index.ts';
import { listUntagged } from '../../src-main/engine/reading/listed.ts';
import { whenFinished } from '../support/cleanup.ts';
import { runDeleteStep } from '../support/delete.ts';
import { makeImage, makeMultiPlatform } from '../support/images.ts';
import { describeWithPeer } from '../support/peers.ts';
import { push } from '../support/push.ts';
import { type RealGitea, startRealGitea } from '../support/real-gitea.ts';
import { listArtifacts, listRepositories, planDeletion, registryOf } from '../support/registry.ts';
import { collect } from '../support/server.ts';
import { newRepository } from './setup.ts';
import { giteaSetup } from './setups.ts';
import { conformanceSuite, START_TIMEOUT_MS } from './suite.ts';

describeWithPeer('gitea', 'Gitea', ({ gitea }) => {
  conformanceSuite('its registry', giteaSetup(gitea));
  describe('its packages API', () => packages(gitea));
});

function packages(program: string): void {
  let real: RealGitea;
  beforeAll(async () => {
    real = await startRealGitea(program, { organisations: ['conformance'], page: 5 });
  }, START_TIMEOUT_MS);

  /** Signed in with an access token; `null`: as nobody. */
  function open(password: string | null = real.token): RegistryClient {
    const { username } = real.signIn;
    const client = new RegistryClient({
      url: real.url,
      proxy: { kind: 'none' },
      ...(password === null ? {} : { credentials: { kind: 'password', username, password } }),
    });
    whenFinished(() => client.close());
    return client;
  }

  test('it is known by its token service, and says its version and its health', async () => {
    const registry = await registryOf(open());
    expect(registry).toMatchObject({ product: { id: 'gitea' }, by: 'tokenService' });
    expect(registry.version).toBeTruthy();
    const said = await registry.abilities.self?.describe(undefined);
    expect(said?.health).toEqual(
      expect.arrayContaining([
        { name: 'database:ping', healthy: true },
        { name: 'cache:ping', healthy: true },
      ]),
    );
  });

  test('packages of a user and of an organisation are listed, whatever is behind their names', async () => {
    const image = await makeImage();
    const names = [`${real.signIn.username}/own`, newRepository('owned/below'), newRepository('owned')];
    for (const name of names) await push(image, real.target, name, '1');
    expect(await collect(listRepositories(open()))).toEqual(expect.arrayContaining(names));
    for (const name of names)
      expect(await listArtifacts(await registryOf(open()), name)).toMatchObject([
        {
          digest: image.digest,
          mediaType: image.mediaType,
          tags: ['1'],
          pushed: expect.stringMatching(/^20/),
        },
      ]);
  });

  test('versions without a tag are named where no index contains them; other packages are not among them', async () => {
    const repository = newRepository('versions');
    const [index, orphan] = [await makeMultiPlatform(), await makeImage({ name: 'orphan' })];
    await push(index, real.target, repository, 'all');
    await push(orphan, real.target, repository);
    await push(orphan, real.target, `${repository}-other`, 'other');
    const registry = await registryOf(open());
    const listed = await listArtifacts(registry, repository);
    expect(listed.flatMap(({ tags }) => tags)).toEqual(['all']);
    expect(listed.find(({ tags }) => tags.length > 0)?.children).toEqual(
      index.children.map(({ digest }) => digest),
    );
    const untagged = await collect(listUntagged(registry, repository));
    expect(untagged.map(({ digest }) => digest)).toEqual([orphan.digest]);
  });

  test('more versions than a page holds are all listed', async () => {
    const repository = newRepository('pages');
    const image = await makeImage();
    const tags = Array.from({ length: 12 }, (_, index) => `t${index}`);
    for (const tag of tags) await push(image, real.target, repository, tag);
    const listed = await listArtifacts(await registryOf(open()), repository);
    expect(listed.flatMap((one) => one.tags).toSorted()).toEqual(tags.toSorted());
  });

  test('a version without a tag is deleted, and what is tagged stays', async () => {
    const repository = newRepository('untagged');
    const [image, orphan] = [await makeImage(), await makeImage({ name: 'orphan' })];
    await push(image, real.target, repository, '1');
    await push(orphan, real.target, repository);
    const client = open();
    const plan = await planDeletion(client, clientReader(client), repository, {
      tags: [],
      digests: [orphan.digest],
    });
    for (const step of plan.steps) expect(await runDeleteStep(client, repository, step)).toBe('deleted');
    expect(await collect(listUntagged(await registryOf(client), repository))).toEqual([]);
    expect(await collect(listTags(client, repository))).toEqual(['1']);
  });

  test('the last tag of a manifest takes it along, as Gitea keeps each by its tags', async () => {
    const repository = newRepository('last');
    const image = await makeImage();
    await push(image, real.target, repository, '1');
    const client = open();
    await deleteTag(client, repository, '1');
    await expect(headManifest(client, repository, image.digest)).rejects.toMatchObject({ code: 'notFound' });
    expect(await collect(listRepositories(client))).not.toContain(repository);
  });

  test('to nobody the packages API is closed; the registry gives what is public by its protocol', async () => {
    const repository = newRepository('public');
    await push(await makeImage(), real.target, repository, '1');
    const nobody = open(null);
    const registry = await registryOf(nobody);
    expect(registry.product.id).toBe('gitea');
    expect(await collect(listTags(nobody, repository))).toEqual(['1']);
  });
}
