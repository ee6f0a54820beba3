import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { clientReader, RegistryContent, readAttached } from '../../../src-main/engine/index.ts';
import { mediaTypes, sha256, type TestBlob, type TestManifest } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { clientOf } from '../../support/server.ts';

const FOLDER = path.join(import.meta.dirname, 'recorded');
/** The config of an artifact without one; no file of its own. */
const EMPTY = Buffer.from('{}');

/** What the signatures are about. */
const SUBJECT = 'sha256:9569feb577ed53f91b58a3d08a252de44bfa47e141157e8fbac35febd0ddd058';
const TAG = SUBJECT.replace(':', '-');

interface Named {
  readonly mediaType: string;
  readonly digest: string;
}

/** A manifest of the folder with its blobs, which are there too. */
async function recorded(name: string, children: readonly TestManifest[] = []): Promise<TestManifest> {
  const files = await Promise.all((await readdir(FOLDER)).map((file) => readFile(path.join(FOLDER, file))));
  const byDigest = new Map([EMPTY, ...files].map((bytes) => [sha256(bytes), bytes]));
  const bytes = await readFile(path.join(FOLDER, name));
  const {
    mediaType,
    config,
    layers = [],
  } = JSON.parse(bytes.toString()) as {
    mediaType?: string;
    config?: Named;
    layers?: readonly Named[];
  };
  const blobs = (config ? [config, ...layers] : layers).map((blob): TestBlob => {
    const content = byDigest.get(blob.digest);
    if (!content) throw new Error(`${name} has a blob that was not recorded: ${blob.digest}`);
    return { mediaType: blob.mediaType, digest: blob.digest, bytes: content };
  });
  return { mediaType: mediaType ?? mediaTypes.oci.manifest, digest: sha256(bytes), bytes, blobs, children };
}

test.each([{ referrers: true }, { referrers: false }])(
  'signatures that Notation wrote, by the API and by its fallback tag ($referrers)',
  async ({ referrers }) => {
    const registry = await startTestRegistry({ limits: { referrers } });
    const [jws, cose] = [await recorded('notation-jws.manifest'), await recorded('notation-cose.manifest')];
    for (const signature of [jws, cose]) await push(signature, registry, 'app');
    if (!referrers) await push(await recorded('notation.list', [jws, cose]), registry, 'app', TAG);
    const client = clientOf(registry);
    const content = new RegistryContent(client, clientReader(client));
    const answer = await readAttached(content, 'app', { digests: [SUBJECT] });
    expect(answer).toMatchObject({ unseen: [], leftOut: 0 });
    const found = answer.attached.toSorted((one) => (one.digest === jws.digest ? -1 : 1));
    const common = {
      kind: 'signature',
      artifactType: 'application/vnd.cncf.notary.signature',
      subject: SUBJECT,
      created: '2026-11-26T18:49:36Z',
      ...(referrers ? { via: 'subject' } : { via: 'tag', tag: TAG }),
    };
    expect(found).toMatchObject([
      {
        ...common,
        digest: jws.digest,
        documents: [
          {
            mediaType: 'application/jose+json',
            topic: 'signature',
            format: 'Notation',
            signers: ['C=US, ST=WA, L=Seattle, O=Notary, CN=Notation Test EC Leaf Cert'],
          },
        ],
      },
      {
        ...common,
        digest: cose.digest,
        documents: [{ mediaType: 'application/cose', topic: 'signature', format: 'Notation', signers: [] }],
      },
    ]);
    expect(
      found.flatMap(({ problem, documents }) => [problem, ...documents.map((each) => each.problem)]),
    ).toEqual(Array(4).fill(undefined));
  },
);

test("a signature in cosign's format that the library of skopeo and podman wrote, under cosign's tag", async () => {
  const registry = await startTestRegistry();
  const signature = await recorded('containers-image.manifest');
  await push(signature, registry, 'app', `${TAG}.sig`);
  const client = clientOf(registry);
  const content = new RegistryContent(client, clientReader(client));
  const answer = await readAttached(content, 'app', { digests: [SUBJECT] });
  expect(answer).toMatchObject({
    unseen: [],
    leftOut: 0,
    attached: [
      {
        digest: signature.digest,
        kind: 'signature',
        via: 'tag',
        tag: `${TAG}.sig`,
        subject: SUBJECT,
        documents: [
          {
            mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json',
            topic: 'signature',
            format: 'Cosign',
          },
        ],
      },
    ],
  });
  expect(answer.attached.flatMap(({ documents }) => documents.map(({ problem }) => problem))).toEqual([
    undefined,
  ]);
});
