import { beforeAll, describe, expect, test } from 'vitest';
import {
  clientReader,
  deleteManifest,
  deleteTag,
  headManifest,
  listReferrers,
  listTags,
  RegistryClient,
} from '../../src-main/engine/index.ts';
import { whenFinished } from '../support/cleanup.ts';
import { runDeleteStep } from '../support/delete.ts';
import { makeArtifact, makeImage, makeMultiPlatform } from '../support/images.ts';
import { describeWithPeer } from '../support/peers.ts';
import { push } from '../support/push.ts';
import { type RealZot, startRealZot } from '../support/real-zot.ts';
import { listArtifacts, planDeletion, registryOf } from '../support/registry.ts';
import { collect } from '../support/server.ts';
import { newRepository } from './setup.ts';
import { zotSetup } from './setups.ts';
import { conformanceSuite, START_TIMEOUT_MS } from './suite.ts';

describeWithPeer('zot', 'zot', ({ zot }) => {
  conformanceSuite('its registry', zotSetup(zot));
  describe('its extensions', () => extensions(zot));
});

/** Of a build with search and management. */
function extensions(program: string): void {
  let real: RealZot;
  beforeAll(async () => {
    real = await startRealZot(program);
  }, START_TIMEOUT_MS);

  function open(): RegistryClient {
    const client = new RegistryClient({ url: real.url, proxy: { kind: 'none' } });
    whenFinished(() => client.close());
    return client;
  }

  test('it is known by its header, says how it is, and that its search is on', async () => {
    const registry = await registryOf(open());
    expect(registry).toMatchObject({ product: { id: 'zot' }, by: 'header' });
    expect((await registry.abilities.self?.describe(undefined))?.health).toEqual([
      { name: 'registry', healthy: true },
    ]);
    const advice = await registry.abilities.advice?.read(undefined, undefined);
    expect(advice?.find(({ name }) => name === 'zotSearch')?.state).toBe('on');
  });

  test('one query lists tags with sizes, platforms, times and what is attached', async () => {
    const repository = newRepository('listed');
    const [image, index] = [await makeImage(), await makeMultiPlatform()];
    const report = makeArtifact({ subject: image, content: Buffer.from('report') });
    await push(image, { url: real.url }, repository, 'image');
    await push(index, { url: real.url }, repository, 'index');
    await push(report, { url: real.url }, repository);
    const registry = await registryOf(open());
    const before = real.requestLines().length;
    const found = await listArtifacts(registry, repository);
    expect(real.requestLines().slice(before)).toHaveLength(1);
    const [one, all] = ['image', 'index'].map((tag) => found.find(({ tags }) => tags.includes(tag)));
    expect(one).toMatchObject({
      digest: image.digest,
      mediaType: image.mediaType,
      pushed: expect.stringMatching(/^20/),
      pulled: null,
      attached: [{ digest: report.digest }],
      summary: { kind: 'image', platforms: [{ os: 'linux', architecture: 'amd64' }] },
    });
    expect(one?.size).toBeGreaterThan(0);
    expect(all).toMatchObject({ digest: index.digest, summary: { kind: 'index', attested: false } });
    expect(all?.summary?.platforms).toHaveLength(index.children.length);
    expect(await registry.abilities.artifacts?.find(repository, 'image', undefined)).toMatchObject({
      digest: image.digest,
    });
    expect(await registry.abilities.scans?.overview(repository, image.digest, undefined)).toEqual([
      { type: 'vulnerabilities', state: 'none', counts: {} },
    ]);
    expect((await listReferrers(open(), repository, image.digest)).map(({ digest }) => digest)).toEqual([
      report.digest,
    ]);
  });

  test('a tag goes and leaves its manifest; what an index contains is kept from going', async () => {
    const repository = newRepository('rules');
    const [image, index] = [await makeImage({ name: 'own' }), await makeMultiPlatform()];
    await push(image, { url: real.url }, repository, '1');
    await push(index, { url: real.url }, repository, 'all');
    const client = open();
    await deleteTag(client, repository, '1');
    expect((await headManifest(client, repository, image.digest)).digest).toBe(image.digest);
    const child = index.children[0]?.digest ?? '';
    await expect(deleteManifest(client, repository, child)).rejects.toMatchObject({ name: 'RegistryError' });
    const plan = await planDeletion(client, clientReader(client), repository, { tags: ['all'] });
    for (const step of plan.steps) expect(await runDeleteStep(client, repository, step)).toBe('deleted');
    await expect(headManifest(client, repository, 'all')).rejects.toMatchObject({ code: 'notFound' });
    expect(await collect(listTags(client, repository)).catch(() => [])).toEqual([]);
  });
}
