import { expect, test } from 'vitest';
import {
  clientReader,
  describe as describeImage,
  getManifest,
  headManifest,
  listReferrers,
  summarize,
} from '../../../src-main/engine/index.ts';
import type { ManifestKind } from '../../../src-main/engine/vocabulary/manifests.ts';
import {
  amd64,
  arm64,
  descriptor,
  makeArtifact,
  makeAttestation,
  makeHelmChart,
  makeImage,
  makeIndex,
  makeMultiPlatform,
  mediaTypes,
  sha256,
  type TestManifest,
} from '../../support/images.ts';
import { plainRequest, push } from '../../support/push.ts';
import { makeSchema1 } from '../../support/schema1.ts';
import { connect, newRepository, type Subject } from '../setup.ts';

interface Kind {
  readonly kind: ManifestKind;
  readonly platforms: number;
  make(): Promise<TestManifest>;
}

const kinds: Readonly<Record<string, Kind>> = {
  'an OCI image': { kind: 'image', platforms: 1, make: () => makeImage() },
  'a Docker image': { kind: 'image', platforms: 1, make: () => makeImage({ family: 'docker' }) },
  'an OCI index': { kind: 'index', platforms: 2, make: () => makeMultiPlatform() },
  'a Docker manifest list': { kind: 'index', platforms: 2, make: () => makeMultiPlatform('app', 'docker') },
  'an artifact': { kind: 'artifact', platforms: 0, make: async () => makeArtifact() },
  'a Helm chart': { kind: 'helmChart', platforms: 0, make: () => makeHelmChart() },
};

/** Bytes of everything below a manifest, each digest once. */
function uniqueBytes(root: TestManifest): number {
  const sizes = new Map<string, number>();
  const visit = (manifest: TestManifest) => {
    for (const part of [manifest, ...manifest.blobs]) sizes.set(part.digest, part.bytes.length);
    manifest.children.forEach(visit);
  };
  visit(root);
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

/** Manifests by tag and digest, blobs, summaries, referrers. */
export function reading({ abilities, registry }: Subject): void {
  test.each(Object.keys(kinds))('%s is read by tag and by digest, byte for byte', async (name) => {
    const { kind, platforms, make } = kinds[name] as Kind;
    const manifest = await make();
    const repository = newRepository('read');
    await push(manifest, registry().target, repository, '1.0');
    const client = connect(registry());
    const { digest, mediaType } = manifest;
    for (const reference of ['1.0', digest]) {
      const head = await headManifest(client, repository, reference);
      expect(head).toEqual({ digest, mediaType, size: manifest.bytes.length });
      const raw = await getManifest(client, repository, reference);
      expect(raw).toMatchObject({ digest, mediaType });
      expect(Buffer.from(raw.bytes).equals(manifest.bytes)).toBe(true);
      const summary = await summarize(clientReader(client), repository, head);
      expect(summary).toMatchObject({ digest, mediaType, kind, size: uniqueBytes(manifest) });
      expect(summary.platforms).toHaveLength(platforms);
    }
  });

  test('an attestation is no platform', async () => {
    const image = await makeImage();
    const index = makeIndex([{ manifest: image, platform: amd64 }, makeAttestation(image)]);
    const repository = newRepository('attested');
    await push(index, registry().target, repository, '1');
    const reader = clientReader(connect(registry()));
    const summary = await summarize(reader, repository, await reader.head(repository, '1'));
    expect(summary).toMatchObject({ kind: 'index', attested: true, platforms: [amd64] });
    const { content } = await describeImage(reader, repository, '1');
    expect(content).toMatchObject({
      kind: 'index',
      entries: [
        { kind: 'image', platform: amd64 },
        { kind: 'attestation', attests: image.digest },
      ],
    });
  });

  test('layers are reported with what made them', async () => {
    const image = await makeImage({ platform: arm64, layers: { system: 900, program: 100 } });
    const repository = newRepository('layers');
    await push(image, registry().target, repository, '1');
    const { content, platforms } = await describeImage(clientReader(connect(registry())), repository, '1');
    expect(platforms).toEqual([arm64]);
    expect(content).toMatchObject({
      kind: 'image',
      layers: image.blobs.slice(1).map(({ digest, bytes }, index) => ({
        digest,
        size: bytes.length,
        createdBy: expect.stringContaining(['system', 'program'][index] as string),
      })),
    });
  });

  test('a blob is read whole and checked against its descriptor', async () => {
    const image = await makeImage();
    const [config] = image.blobs;
    if (config === undefined) throw new Error('an image has a config');
    const repository = newRepository('blob');
    await push(image, registry().target, repository, '1');
    const reader = clientReader(connect(registry()));
    const bytes = await reader.blob(repository, descriptor(config));
    expect(Buffer.from(bytes).equals(config.bytes)).toBe(true);
    const other = { ...descriptor(config), digest: sha256('nothing that is there') };
    await expect(reader.blob(repository, other)).rejects.toMatchObject({ code: 'notFound' });
  });

  test('what is not there is not found', async () => {
    const repository = newRepository('present');
    await push(await makeImage(), registry().target, repository, '1');
    const client = connect(registry());
    const absent = sha256('no such manifest');
    for (const [where, reference] of [
      [repository, '2'],
      [repository, absent],
      [newRepository('absent'), '1'],
    ] as const) {
      await expect(headManifest(client, where, reference)).rejects.toMatchObject({ code: 'notFound' });
      await expect(getManifest(client, where, reference)).rejects.toMatchObject({ code: 'notFound' });
    }
  });

  test('an image of the first kind is shown as what it is', async () => {
    const repository = newRepository('old');
    const old = makeSchema1(repository, '1');
    if (!abilities.schema1) {
      await expect(push(old, registry().target, repository, '1')).rejects.toThrow(
        /: (4\d\d|501) instead of 201/,
      );
      return;
    }
    await push(old, registry().target, repository, '1');
    const reader = clientReader(connect(registry()));
    const { content, digest } = await describeImage(reader, repository, '1');
    expect(digest).toBe(old.digest);
    expect(content).toMatchObject({ kind: 'schema1', name: repository, tag: '1', architecture: 'amd64' });
  });

  test('referrers are found, through the API or the fallback tag', async () => {
    const repository = newRepository('referrers');
    const image = await makeImage();
    const report = makeArtifact({ subject: image, content: Buffer.from('report') });
    const other = makeArtifact({ subject: image, artifactType: 'application/vnd.example.other' });
    await push(image, registry().target, repository, '1');
    const client = connect(registry());
    expect(await listReferrers(client, repository, image.digest)).toEqual([]);
    await push(report, registry().target, repository);
    await push(other, registry().target, repository);
    const api = await plainRequest(registry().target, `/v2/${repository}/referrers/${image.digest}`, {
      scopes: [`repository:${repository}:pull`],
    });
    expect(api.status).toBe(abilities.referrers === 'api' ? 200 : 404);
    if (abilities.referrers === 'tag') {
      const fallback = {
        schemaVersion: 2,
        mediaType: mediaTypes.oci.index,
        manifests: [
          { ...descriptor(report), artifactType: 'application/vnd.example.report' },
          { ...descriptor(other), artifactType: 'application/vnd.example.other' },
        ],
      };
      const bytes = Buffer.from(JSON.stringify(fallback));
      const index = { mediaType: fallback.mediaType, digest: sha256(bytes), bytes, blobs: [], children: [] };
      await push(index, registry().target, repository, image.digest.replace(':', '-'));
    }
    const all = await listReferrers(client, repository, image.digest);
    expect(all.map(({ digest }) => digest).toSorted()).toEqual([report.digest, other.digest].toSorted());
    const reports = await listReferrers(client, repository, image.digest, {
      artifactType: 'application/vnd.example.report',
    });
    expect(reports.map(({ digest }) => digest)).toEqual([report.digest]);
  });
}
