import { expect, test } from 'vitest';
import { referrersTag } from '../../../src-main/engine/model/attached-tags.ts';
import { makeArtifact, makeImage, makeMultiPlatform, type TestManifest } from '../../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../../support/local-registry.ts';
import { plainRequest, push } from '../../support/push.ts';
import { expectWhole, lines, matching, plan, requestsFor, run, statusOf } from './transferring.ts';

const cosignTag = ({ digest }: TestManifest, suffix: string): string =>
  `${digest.replace(':', '-')}.${suffix}`;

async function referrersAt(
  registry: GuardedRegistry,
  repository: string,
  { digest }: TestManifest,
): Promise<string[]> {
  const api = await plainRequest(registry, `/v2/${repository}/referrers/${digest}`);
  const list =
    api.status === 200
      ? api
      : await plainRequest(registry, `/v2/${repository}/manifests/${digest.replace(':', '-')}`);
  const { manifests } = JSON.parse(list.body.toString()) as { manifests: { digest: string }[] };
  return manifests.map((entry) => entry.digest).sort();
}

/** An index with a signature, an SBOM of one platform with a signature of its own, and a signature under cosign's tag. */
async function signed() {
  const index = await makeMultiPlatform();
  const [child] = index.children;
  if (!child) throw new Error('an index has children');
  const signature = makeArtifact({
    artifactType: 'application/vnd.test.signature',
    content: Buffer.from('sig'),
    subject: index,
  });
  const sbom = makeArtifact({
    artifactType: 'application/vnd.test.sbom',
    content: Buffer.from('sbom'),
    subject: child,
  });
  const ofSbom = makeArtifact({
    artifactType: 'application/vnd.test.signature',
    content: Buffer.from('sig of sbom'),
    subject: sbom,
  });
  const cosign = await makeImage({ name: 'cosign', layers: { signature: 100 } });
  const put = async (registry: GuardedRegistry, repository: string): Promise<void> => {
    await push(index, registry, repository, '1');
    for (const each of [signature, sbom, ofSbom]) await push(each, registry, repository);
    await push(cosign, registry, repository, cosignTag(index, 'sig'));
  };
  return { index, child, signature, sbom, ofSbom, cosign, put };
}

for (const [name, limits] of [
  ['with the referrers API', {}],
  ['by the fallback tag', { referrers: false }],
] as const) {
  test(`transfer-18: referrers and cosign's tags travel with an image, ${name} at the target`, async () => {
    const [source, target] = [await startTestRegistry(), await startTestRegistry({ limits })];
    const { index, child, signature, sbom, ofSbom, cosign, put } = await signed();
    await put(source, 'from/app');
    const planned = await plan(source, target, requestsFor(['app', '1']), { attached: true });
    expect(planned.items[0]).toMatchObject({ verdict: 'new', attached: 4 });
    await run(planned);
    await expectWhole(target, 'to/app', '1', index);
    expect(await referrersAt(target, 'to/app', index)).toEqual([signature.digest]);
    expect(await referrersAt(target, 'to/app', child)).toEqual([sbom.digest]);
    expect(await referrersAt(target, 'to/app', sbom)).toEqual([ofSbom.digest]);
    await expectWhole(target, 'to/app', cosignTag(index, 'sig'), cosign);
    for (const each of [signature, sbom, ofSbom]) await expectWhole(target, 'to/app', each.digest, each);
    // Whoever admits signed images only must find the signatures when the tag appears.
    expect(matching(target, /^PUT .*\/manifests\//).at(-1)).toBe('PUT /v2/to/app/manifests/1');

    const again = await plan(source, target, requestsFor(['app', '1']), { attached: true });
    expect(again.items[0]).toMatchObject({ verdict: 'same', attached: 0, manifests: [] });
  });
}

test('transfer-18: a signature added later goes to an unchanged tag, next to those that are there', async () => {
  const [source, target] = [
    await startTestRegistry(),
    await startTestRegistry({ limits: { referrers: false } }),
  ];
  const { index, signature, put } = await signed();
  await put(source, 'from/app');
  await run(await plan(source, target, requestsFor(['app', '1']), { attached: true }));
  const later = makeArtifact({
    artifactType: 'application/vnd.test.signature',
    content: Buffer.from('later'),
    subject: index,
  });
  await push(later, source, 'from/app');
  target.clearRequests();
  const planned = await plan(source, target, requestsFor(['app', '1']), { attached: true });
  expect(planned.items[0]).toMatchObject({ verdict: 'changed', replaces: index.digest, attached: 1 });
  await run(planned, { checkTags: true });
  expect(await referrersAt(target, 'to/app', index)).toEqual([signature.digest, later.digest].sort());
  expect(matching(target, /^PUT .*manifests\/1$/)).toEqual([]);
});

test('transfer-18: a loop of referrers ends', async () => {
  const [source, target] = [
    await startTestRegistry({ limits: { referrers: false } }),
    await startTestRegistry(),
  ];
  const image = await makeImage();
  const artifact = makeArtifact({ content: Buffer.from('a'), subject: image });
  await push(image, source, 'from/app', '1');
  await push(artifact, source, 'from/app');
  // The lists say that each is attached to the other.
  const list = (entry: TestManifest) => ({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [{ mediaType: entry.mediaType, digest: entry.digest, size: entry.bytes.length }],
  });
  for (const [of, entry] of [
    [image, artifact],
    [artifact, image],
  ] as const) {
    const bytes = Buffer.from(JSON.stringify(list(entry)));
    const tag = of.digest.replace(':', '-');
    await source.storage.putManifest('from/app', tag, 'application/vnd.oci.image.index.v1+json', bytes);
  }
  const { outcomes } = await run(await plan(source, target, requestsFor(['app', '1']), { attached: true }));
  expect([...outcomes.values()]).toEqual([{ kind: 'copied' }]);
  await expectWhole(target, 'to/app', artifact.digest, artifact);
});

test('without being asked for, nothing attached is looked for or copied', async () => {
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  const { signature, index, put } = await signed();
  await put(source, 'from/app');
  source.clearRequests();
  await run(await plan(source, target, requestsFor(['app', '1'])));
  expect(lines(source).some((line) => /referrers|\.sig/.test(line))).toBe(false);
  expect(await statusOf(target, `/v2/to/app/manifests/${signature.digest}`)).toBe(404);
  await expectWhole(target, 'to/app', '1', index);
});

test('B4: the fallback tag of a sha512 subject holds half of its digest, as the specification says', () => {
  expect(referrersTag(`sha256:${'ab'.repeat(32)}`)).toBe(`sha256-${'ab'.repeat(32)}`);
  expect(referrersTag(`sha512:${'ab'.repeat(64)}`)).toBe(`sha512-${'ab'.repeat(32)}`);
});
