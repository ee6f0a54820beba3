import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from '../hosts/cli/command-line.ts';
import { whenFinished } from '../support/cleanup.ts';
import { type DockerRegistry, startDockerRegistry } from '../support/docker-registry.ts';
import { linkedDigests, storedBlobs } from '../support/docker-storage.ts';
import { makeArtifact, makeHelmChart, makeImage, makeMultiPlatform } from '../support/images.ts';
import { openCore } from '../support/own-core.ts';
import { describeWithPeer } from '../support/peers.ts';
import { push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
/** As the issue gives the shape. */
const storageDocument = z.strictObject({
  repositories: z.int(),
  tags: z.int(),
  manifests: z.int(),
  referencedBytes: z.int(),
  uniqueBytes: z.int(),
  sharedBytes: z.int(),
  byRepository: z.array(
    z.strictObject({ repository: z.string(), tags: z.int(), uniqueBytes: z.int(), exclusiveBytes: z.int() }),
  ),
  largest: z.array(z.strictObject({ digest, size: z.int(), repositories: z.int(), tags: z.int() })),
  scanned: z.strictObject({ done: z.int(), total: z.int() }),
  complete: z.boolean(),
});

/** Shared bases, an index, an artifact, a chart, and a repository with the images of another. */
async function fill(registry: DockerRegistry): Promise<void> {
  const { target } = registry;
  const image = (name: string, own: number) =>
    makeImage({ name, layers: { base: 60_000, runtime: 20_000, [`of ${name}`]: own } });
  const app = await image('app', 9_000);
  for (const tag of ['1.0', 'latest']) await push(app, target, 'team/app', tag);
  await push(await image('app-2', 11_000), target, 'team/app', '2.0');
  await push(await image('worker', 7_000), target, 'team/deep/worker', '1.0');
  await push(app, target, 'copies/app', 'kept');
  await push(await makeMultiPlatform('multi'), target, 'multi', 'v1');
  await push(await makeArtifact({ content: Buffer.alloc(5_000, 'report') }), target, 'multi', 'report');
  await push(await makeHelmChart('web', '1.2.3'), target, 'charts/web', '1.2.3');
}

const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, each) => total + each, 0);

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

describeWithPeer(['docker-registry'], 'storage of docker-registry 2.8', (programs) => {
  test('every number is what the registry’s own folder says', async () => {
    const registry = await startDockerRegistry('open', programs);
    await fill(registry);
    const { host } = new URL(registry.url);
    const cli = await CommandLine.open();
    const answer = await cli.json(storageDocument, ['storage', host]);

    const blobs = await storedBlobs(registry.folder);
    const linked = await linkedDigests(registry.folder);
    const size = (of: Iterable<string>) => sum([...of].map((each) => blobs.get(each) ?? Number.NaN));
    const holders = new Map<string, number>();
    for (const digests of linked.values())
      for (const each of digests) holders.set(each, (holders.get(each) ?? 0) + 1);
    const heldBy = (least: number) =>
      [...holders].filter(([, count]) => count >= least).map(([each]) => each);

    expect(answer).toMatchObject({ complete: true, repositories: linked.size, tags: 8 });
    expect(answer.uniqueBytes).toBe(size(heldBy(1)));
    expect(answer.uniqueBytes).toBe(sum(blobs.values()));
    expect(answer.sharedBytes).toBe(size(heldBy(2)));
    expect(Object.fromEntries(answer.byRepository.map((each) => [each.repository, each]))).toMatchObject(
      Object.fromEntries(
        [...linked].map(([repository, digests]) => [
          repository,
          {
            uniqueBytes: size(digests),
            exclusiveBytes: size([...digests].filter((each) => holders.get(each) === 1)),
          },
        ]),
      ),
    );
    for (const each of answer.largest) {
      expect(each.size).toBe(blobs.get(each.digest));
      expect(each.repositories).toBe(holders.get(each.digest));
    }
    const one = await cli.json(storageDocument, ['storage', `${host}/team/app`]);
    expect(one.uniqueBytes).toBe(size(linked.get('team/app') ?? []));
    expect(one.byRepository).toHaveLength(1);
  });

  test('what becomes free is what its garbage collection frees on the disk', async () => {
    const registry = await startDockerRegistry('open', programs);
    await fill(registry);
    const core = await openCore(await temporaryFolder());
    whenFinished(() => core.close());
    const { id } = await core.accounts.add(
      {
        name: 'docker-registry',
        url: registry.url,
        signIn: { kind: 'anonymous' },
        tls: { verify: true },
        proxy: { kind: 'none' },
        readOnly: false,
        repositories: [],
      },
      {},
    );
    const handle = await core.accounts.handle(id);
    const { scanId } = await core.inventory.scan(handle, { readManifests: false, dates: true });
    expect(await core.inventory.finished(scanId)).toMatchObject({ status: 'done', unread: 0 });
    const going = [
      // The image stays in copies/app, the other one shares its base.
      { repository: 'team/app', tag: '1.0' },
      { repository: 'team/app', tag: 'latest' },
      { repository: 'team/app', tag: '2.0' },
      // An index, whose images are left without a tag.
      { repository: 'multi', tag: 'v1' },
      { repository: 'charts/web', tag: '1.2.3' },
    ];
    const freed = await core.storage.freed(id, { tags: going });
    expect(freed).toMatchObject({ atMost: false, unread: 0 });
    expect(freed.untaggedBytes).toBeGreaterThan(0);
    expect(freed.stillHeld.elsewhere).toBeGreaterThan(0);

    for (const repository of new Set(going.map((each) => each.repository))) {
      const tags = going.filter((each) => each.repository === repository).map(({ tag }) => tag);
      const plan = await core.deletion.planFor(handle, repository, tags);
      const { operationId } = await core.plans.start(plan.id, { consent: true, typed: plan.typed });
      expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
    }
    const used = async () => sum((await storedBlobs(registry.folder)).values());
    const before = await used();
    await registry.collectGarbage();
    expect(before - (await used())).toBe(freed.bytes - freed.untaggedBytes);
    await registry.collectGarbage(true);
    expect(before - (await used())).toBe(freed.bytes);

    // What is known follows the deletions, without another scan.
    const known = async () => (await core.storage.summary(id, {})).uniqueBytes;
    await expect.poll(known).toBe(await used());
  });
});
