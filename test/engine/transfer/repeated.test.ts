import { expect, test } from 'vitest';
import { makeArtifact, makeImage, type TestManifest } from '../../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../../support/local-registry.ts';
import { plainRequest, push } from '../../support/push.ts';
import { expectWhole, plan, requestsFor, run, statusOf } from './transferring.ts';

/** What needs a second run: a transfer that was interrupted, or whose target lost something meanwhile. */
const requests = requestsFor(['app', '1']);
const WITH_ATTACHED = { attached: true };

async function sourceOf(image: TestManifest, ...attached: readonly TestManifest[]): Promise<GuardedRegistry> {
  const source = await startTestRegistry();
  await push(image, source, 'from/app', '1');
  for (const manifest of attached) await push(manifest, source, 'from/app');
  return source;
}

test('transfer-15: what an earlier run copied and the registry lost since is sent from its source', async () => {
  const image = await makeImage();
  const source = await sourceOf(image);
  const target = await startTestRegistry();
  // The journal has all of it, and a clean-up of the registry took it before a manifest named it.
  const planned = await plan(source, target, requests, { isCopied: () => true });
  expect(planned.blobs.map(({ state }) => state)).toEqual(image.blobs.map(() => 'present'));
  const { outcomes } = await run(planned);
  expect([...outcomes.values()]).toEqual([{ kind: 'copied' }]);
  await expectWhole(target, 'to/app', '1', image);
});

test('transfer-18: a referrer that came without its note in the fallback tag gets it the next time', async () => {
  const image = await makeImage();
  const signature = makeArtifact({ content: Buffer.from('signed'), subject: image });
  const source = await sourceOf(image, signature);
  const target = await startTestRegistry({ limits: { referrers: false } });
  const fallback = `/v2/to/app/manifests/${image.digest.replace(':', '-')}`;
  const endOfFault = target.inject({
    kind: 'status',
    status: 507,
    when: { method: 'PUT', path: /manifests\/sha256-[0-9a-f]+$/ },
  });
  const first = await run(await plan(source, target, requests, WITH_ATTACHED));
  expect([...first.outcomes.values()]).toMatchObject([{ kind: 'failed' }]);
  expect(await statusOf(target, `/v2/to/app/manifests/${signature.digest}`)).toBe(200);
  expect(await statusOf(target, fallback)).toBe(404);
  endOfFault();
  const second = await run(await plan(source, target, requests, WITH_ATTACHED));
  expect([...second.outcomes.values()]).toEqual([{ kind: 'copied' }]);
  expect((await plainRequest(target, fallback)).body.toString()).toContain(signature.digest);
  const { items } = await plan(source, target, requests, WITH_ATTACHED);
  expect(items).toMatchObject([{ verdict: 'same', attached: 0 }]);
});

test('transfer-18: a signature whose tag is there and whose manifest is not makes no copy without it', async () => {
  const image = await makeImage();
  const source = await sourceOf(image);
  await push(
    await makeImage({ name: 'signature' }),
    source,
    'from/app',
    `${image.digest.replace(':', '-')}.sig`,
  );
  source.inject({ kind: 'wrongDigestHeader', when: { method: 'HEAD', path: /\.sig$/ } });
  const { items } = await plan(source, await startTestRegistry(), requests, WITH_ATTACHED);
  expect(items).toMatchObject([{ verdict: 'refused', error: { code: 'notFound', side: 'source' } }]);
});
