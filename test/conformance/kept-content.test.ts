import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from '../hosts/cli/command-line.ts';
import { whenFinished } from '../support/cleanup.ts';
import { startDockerRegistry } from '../support/docker-registry.ts';
import { storedBlobs } from '../support/docker-storage.ts';
import {
  makeArtifact,
  makeBareIndex,
  makeImage,
  makeMultiPlatform,
  mediaTypes,
  sha256,
} from '../support/images.ts';
import { describeWithPeer } from '../support/peers.ts';
import { plainRequest, push } from '../support/push.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

/** As the issue gives the shape; what we add is behind it. */
const undoDocument = z.object({
  operation: z.string(),
  restores: z.array(
    z.object({
      repository: z.string(),
      tag: z.string().nullable(),
      digest: z.string().nullable(),
      possible: z.boolean(),
      reason: z.string().optional(),
    }),
  ),
});
const deletion = z.looseObject({ operation: z.string() });

describeWithPeer(['docker-registry'], 'undo after garbage-collect of docker-registry 2.8', (programs) => {
  test('what was kept comes back whole, what was not is named with its reason', async () => {
    const registry = await startDockerRegistry('open', programs);
    whenFinished(() => registry.close());
    const { host } = new URL(registry.url);
    const index = await makeMultiPlatform();
    const sbom = makeArtifact({ artifactType: 'application/spdx+json', subject: index });
    const lost = await makeImage({ name: 'lost', layers: { lost: 5_000 } });
    await push(index, registry.target, 'team/app', '1.0');
    await push(index, registry.target, 'team/app', 'latest');
    await push(sbom, registry.target, 'team/app');
    // Where there is no referrers API the list stands under a tag.
    const list = index.digest.replace(':', '-');
    await push(makeBareIndex(sbom), registry.target, 'team/app', list);
    await push(lost, registry.target, 'team/app', 'lost');
    const before = await storedBlobs(registry.folder);
    const cli = await CommandLine.open();
    const remove = async (tags: readonly string[], ...flags: string[]) => {
      const references = tags.map((tag) => `${host}/team/app:${tag}`);
      const all = [...references, '--with-attached', '--accept-side-effects', '--yes', ...flags];
      return (await cli.json(deletion, ['delete', ...all])).operation;
    };
    const kept = await remove(['1.0', 'latest'], '--keep-content');
    const unkept = await remove(['lost']);
    await registry.collectGarbage(true);
    expect((await storedBlobs(registry.folder)).size).toBe(0);

    const gone = await cli.json(undoDocument, ['undo', unkept, '--plan']);
    expect(gone).toEqual({
      operation: unkept,
      restores: [
        {
          repository: 'team/app',
          tag: 'lost',
          digest: lost.digest,
          possible: false,
          reason: 'blobsGone',
        },
      ],
    });
    expect(await cli.failure(['undo', unkept, '--yes'])).toMatchObject({ exit: 1, code: 'unsupported' });

    const plan = await cli.json(undoDocument, ['undo', kept, '--plan']);
    expect(plan.restores.length).toBeGreaterThan(0);
    expect(plan.restores.every(({ possible }) => possible)).toBe(true);
    expect(plan.restores).toEqual(
      expect.arrayContaining(
        ['1.0', 'latest'].map((tag) => ({
          repository: 'team/app',
          tag,
          digest: index.digest,
          possible: true,
        })),
      ),
    );
    const undone = await cli.run(['undo', kept, '--yes']);
    expect(undone).toMatchObject({ code: 0 });
    expect(undone.stderr).toContain('again that the registry has no more');
    const manifests = [index, ...index.children, sbom].map(({ digest }) => digest);
    for (const reference of ['1.0', 'latest', list, ...manifests]) {
      const reply = await plainRequest(registry.target, `/v2/team/app/manifests/${reference}`, {
        headers: { accept: [mediaTypes.oci.index, mediaTypes.oci.manifest].join(', ') },
      });
      expect({ reference, status: reply.status }).toEqual({ reference, status: 200 });
    }
    for (const { blobs } of [...index.children, sbom])
      for (const { digest } of blobs) {
        const reply = await plainRequest(registry.target, `/v2/team/app/blobs/${digest}`);
        expect(sha256(reply.body)).toBe(digest);
      }
    // All is there again, byte for byte, but what was not kept.
    for (const { digest } of [lost, ...lost.blobs]) before.delete(digest);
    expect(await storedBlobs(registry.folder)).toEqual(before);
  });
});
