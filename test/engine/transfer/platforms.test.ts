import { expect, test } from 'vitest';
import { amd64, arm64, makeAttestation, makeImage, makeIndex, sha256 } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { plainRequest, push } from '../../support/push.ts';
import { expectWhole, plan, requestsFor, run, statusOf } from './transferring.ts';

async function attestedIndex() {
  const [one, two] = await Promise.all(
    [amd64, arm64].map((platform) =>
      makeImage({ platform, layers: { base: 3000, [platform.architecture]: 800 } }),
    ),
  );
  if (!one || !two) throw new Error('two images');
  const [attestsOne, attestsTwo] = [makeAttestation(one), makeAttestation(two)];
  const index = makeIndex([
    { manifest: one, platform: amd64 },
    { manifest: two, platform: arm64 },
    attestsOne,
    attestsTwo,
  ]);
  return { index, one, two, attestsOne, attestsTwo };
}

test('transfer-17: some platforms in a rewritten index, with their attestations; the plan reports the new digest', async () => {
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  const { index, two, one, attestsTwo } = await attestedIndex();
  await push(index, source, 'from/app', '1');
  const choice = { platforms: ['linux/arm64'], index: 'rewritten' } as const;
  const planned = await plan(source, target, requestsFor(['app', '1']), { platforms: choice });
  const [item] = planned.items;
  expect(item).toMatchObject({ verdict: 'new', sourceDigest: index.digest });
  expect(item?.root?.digest).not.toBe(index.digest);
  await run(planned);
  const stored = await plainRequest(target, '/v2/to/app/manifests/1');
  expect(sha256(stored.body)).toBe(item?.root?.digest);
  const { manifests } = JSON.parse(stored.body.toString()) as { manifests: { digest: string }[] };
  expect(manifests.map(({ digest }) => digest)).toEqual([two.digest, attestsTwo.manifest.digest]);
  await expectWhole(target, 'to/app', two.digest, two);
  expect(await statusOf(target, `/v2/to/app/manifests/${one.digest}`)).toBe(404);

  const again = await plan(source, target, requestsFor(['app', '1']), { platforms: choice });
  expect(again.items[0]?.verdict).toBe('same');
});

test('transfer-17: in a sparse index the digest stays and the other platforms are left out', async () => {
  const source = await startTestRegistry();
  const { index, one, two } = await attestedIndex();
  await push(index, source, 'from/app', '1');
  const choice = { platforms: ['linux/amd64'], index: 'sparse' } as const;
  const target = await startTestRegistry({ limits: { children: false } });
  const planned = await plan(source, target, requestsFor(['app', '1']), { platforms: choice });
  expect(planned.items[0]?.root?.digest).toBe(index.digest);
  expect([...(await run(planned)).outcomes.values()]).toEqual([{ kind: 'copied' }]);
  expect(sha256((await plainRequest(target, '/v2/to/app/manifests/1')).body)).toBe(index.digest);
  await expectWhole(target, 'to/app', one.digest, one);
  expect(await statusOf(target, `/v2/to/app/manifests/${two.digest}`)).toBe(404);

  // A registry that wants all children refuses it, and nothing is tagged.
  const strict = await startTestRegistry();
  const { outcomes } = await run(
    await plan(source, strict, requestsFor(['app', '1']), { platforms: choice }),
  );
  expect([...outcomes.values()]).toMatchObject([
    { kind: 'failed', error: { side: 'target', registryCodes: ['MANIFEST_BLOB_UNKNOWN'] } },
  ]);
  expect(await statusOf(strict, '/v2/to/app/manifests/1')).toBe(404);
});

test('transfer-17: an image outside an index goes if it is of a chosen platform', async () => {
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  const image = await makeImage({ platform: arm64 });
  await push(image, source, 'from/app', '1');
  const of = async (platform: string) =>
    (
      await plan(source, target, requestsFor(['app', '1']), {
        platforms: { platforms: [platform], index: 'rewritten' },
      })
    ).items[0];
  expect(await of('linux/arm64')).toMatchObject({ verdict: 'new', root: { digest: image.digest } });
  expect(await of('linux/amd64')).toMatchObject({
    verdict: 'refused',
    error: { code: 'notFound', reason: expect.stringContaining('linux/amd64') },
  });
});

test('transfer-17: all platforms chosen keep the index as it is; none of them is refused in words', async () => {
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  const { index } = await attestedIndex();
  await push(index, source, 'from/app', '1');
  const both = { platforms: ['linux/amd64', 'linux/arm64/v8'], index: 'rewritten' } as const;
  const whole = await plan(source, target, requestsFor(['app', '1']), { platforms: both });
  expect(whole.items[0]?.root?.digest).toBe(index.digest);
  const none = { platforms: ['linux/s390x', 'linux/arm64/v7'], index: 'rewritten' } as const;
  const refused = await plan(source, target, requestsFor(['app', '1']), { platforms: none });
  expect(refused.items[0]).toMatchObject({
    verdict: 'refused',
    error: { code: 'notFound', side: 'source', reason: expect.stringContaining('linux/s390x') },
  });
});
