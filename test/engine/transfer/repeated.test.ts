import { expect, test } from 'vitest';
import {
  clientReader,
  type ItemOutcome,
  planTransfer,
  runTransfer,
  type TransferPlan,
  type TransferSide,
} from '../../../src-main/engine/index.ts';
import { makeArtifact, makeImage, type TestManifest } from '../../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../../support/local-registry.ts';
import { plainRequest, push } from '../../support/push.ts';
import { clientOf } from '../support/server.ts';

/** What a transfer that was interrupted, or whose target lost something meanwhile, needs to end well the second time. */
const request = { source: { repository: 'from', reference: '1' }, target: { repository: 'to', tag: '1' } };
type Options = Parameters<typeof planTransfer>[3];

function sideOf(registry: GuardedRegistry): TransferSide {
  const client = clientOf(registry, { retry: { tries: 2, baseDelay: 1 } });
  return { client, reader: clientReader(client) };
}

function plan(
  source: GuardedRegistry,
  target: GuardedRegistry,
  options: Partial<Options> = {},
): Promise<TransferPlan> {
  return planTransfer(sideOf(source), sideOf(target), [request], { sameRegistry: false, ...options });
}

async function run(planned: TransferPlan): Promise<ItemOutcome[]> {
  const outcomes: ItemOutcome[] = [];
  await runTransfer(planned, { onItem: (_, outcome) => void outcomes.push(outcome) });
  return outcomes;
}

async function sourceOf(...manifests: readonly TestManifest[]): Promise<GuardedRegistry> {
  const source = await startTestRegistry();
  for (const [number, manifest] of manifests.entries())
    await push(manifest, source, 'from', number === 0 ? '1' : manifest.digest);
  return source;
}

test('transfer-15: what an earlier run brought and the registry lost since is sent from its source', async () => {
  const image = await makeImage();
  const source = await sourceOf(image);
  const target = await startTestRegistry();
  // The journal has all of it, and a clean-up of the registry took it before a manifest named it.
  const planned = await plan(source, target, { isBrought: () => true });
  expect(planned.blobs.map(({ state }) => state)).toEqual(image.blobs.map(() => 'present'));
  expect(await run(planned)).toEqual([{ kind: 'copied' }]);
  for (const { digest, bytes } of image.blobs)
    expect((await plainRequest(target, `/v2/to/blobs/${digest}`)).body.equals(bytes)).toBe(true);
});

test('transfer-18: a referrer that came without its note in the fallback tag gets it the next time', async () => {
  const image = await makeImage();
  const signature = makeArtifact({ content: Buffer.from('signed'), subject: image });
  const source = await sourceOf(image, signature);
  const target = await startTestRegistry({ limits: { referrers: false } });
  const fallback = `/v2/to/manifests/${image.digest.replace(':', '-')}`;
  const calm = target.inject({ kind: 'status', status: 500, when: { path: /manifests\/sha256-[0-9a-f]+$/ } });
  expect(await run(await plan(source, target, { attached: true }))).toMatchObject([{ kind: 'failed' }]);
  expect((await plainRequest(target, `/v2/to/manifests/${signature.digest}`)).status).toBe(200);
  calm();
  expect((await plainRequest(target, fallback)).status).toBe(404);
  expect(await run(await plan(source, target, { attached: true }))).toEqual([{ kind: 'copied' }]);
  expect((await plainRequest(target, fallback)).body.toString()).toContain(signature.digest);
  expect((await plan(source, target, { attached: true })).items).toMatchObject([
    { verdict: 'same', attached: 0 },
  ]);
});

test('transfer-18: a signature whose tag is there and whose manifest is not makes no copy without it', async () => {
  const image = await makeImage();
  const source = await sourceOf(image);
  const tag = `${image.digest.replace(':', '-')}.sig`;
  await push(await makeImage({ name: 'signature' }), source, 'from', tag);
  source.inject({ kind: 'wrongDigestHeader', when: { method: 'HEAD', path: /\.sig$/ } });
  expect((await plan(source, await startTestRegistry(), { attached: true })).items).toMatchObject([
    { verdict: 'refused', error: { code: 'notFound', side: 'source' } },
  ]);
});
