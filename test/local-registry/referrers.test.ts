import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startTestRegistry } from '../support/local-registry.ts';
import {
  call,
  digestOf,
  expectError,
  OCI_INDEX,
  OCI_MANIFEST,
  pushBlob,
  pushImage,
  putManifest,
} from './client.ts';

const SBOM = 'application/spdx+json';

async function withReferrers(subject: string) {
  const registry = await startTestRegistry();
  const config = await pushBlob(registry, 'app', '{}');
  const about = { schemaVersion: 2, subject: { mediaType: OCI_MANIFEST, digest: subject, size: 7 } };
  const manifests = {
    typed: { ...about, artifactType: SBOM, config, layers: [], annotations: { by: 'test' } },
    byConfig: { ...about, config: { ...config, mediaType: 'application/x.signature' }, layers: [] },
    index: { ...about, artifactType: SBOM, manifests: [] },
  };
  for (const manifest of Object.values(manifests)) {
    const mediaType = 'manifests' in manifest ? OCI_INDEX : OCI_MANIFEST;
    const bytes = JSON.stringify(manifest);
    const put = await putManifest(registry, 'app', digestOf(bytes), bytes, mediaType);
    expect(put).toMatchObject({ status: 201, headers: { 'oci-subject': subject } });
  }
  return { registry, manifests };
}

function describe(manifest: object, more: object): object {
  const bytes = JSON.stringify(manifest);
  return { digest: digestOf(bytes), size: bytes.length, ...more };
}

test('lists every manifest with that subject, though the subject itself is missing', async () => {
  const subject = digestOf('not here');
  const { registry, manifests } = await withReferrers(subject);
  const answer = await call(registry, 'GET', `/v2/app/referrers/${subject}`);
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']).toBe(OCI_INDEX);
  expect(answer.headers['oci-filters-applied']).toBeUndefined();
  const body = answer.json() as { manifests: unknown[] };
  expect(body).toMatchObject({ schemaVersion: 2, mediaType: OCI_INDEX });
  expect(body.manifests).toHaveLength(3);
  expect(body.manifests).toEqual(
    expect.arrayContaining([
      describe(manifests.typed, { mediaType: OCI_MANIFEST, artifactType: SBOM, annotations: { by: 'test' } }),
      describe(manifests.byConfig, { mediaType: OCI_MANIFEST, artifactType: 'application/x.signature' }),
      describe(manifests.index, { mediaType: OCI_INDEX, artifactType: SBOM }),
    ]),
  );
});

test('filters by artifact type and says so', async () => {
  const subject = digestOf('not here');
  const { registry } = await withReferrers(subject);
  const count = async (type: string): Promise<number> => {
    const path = `/v2/app/referrers/${subject}?artifactType=${encodeURIComponent(type)}`;
    const answer = await call(registry, 'GET', path);
    expect(answer.headers['oci-filters-applied']).toBe('artifactType');
    return (answer.json() as { manifests: unknown[] }).manifests.length;
  };
  expect(await count(SBOM)).toBe(2);
  expect(await count('application/x.signature')).toBe(1);
  expect(await count('application/none')).toBe(0);
});

test('remembers them over a restart, and forgets one that is deleted', async () => {
  const subject = digestOf('not here');
  const { registry, manifests } = await withReferrers(subject);
  await registry.close();
  const again = await startTestRegistry({ folder: registry.storage.folder });
  const typed = digestOf(JSON.stringify(manifests.typed));
  const listed = async (): Promise<string[]> => {
    const answer = await call(again, 'GET', `/v2/app/referrers/${subject}`);
    return (answer.json() as { manifests: { digest: string }[] }).manifests.map(({ digest }) => digest);
  };
  expect(await listed()).toHaveLength(3);
  await call(again, 'DELETE', `/v2/app/manifests/${typed}`);
  expect(await listed()).toHaveLength(2);
  expect(await listed()).not.toContain(typed);
});

test('gives an empty index for an image without referrers and for an unknown repository', async () => {
  const registry = await startTestRegistry();
  const { digest } = await pushImage(registry, 'app', 'v1');
  for (const repository of ['app', 'nowhere']) {
    const answer = await call(registry, 'GET', `/v2/${repository}/referrers/${digest}`);
    expect(answer.json()).toEqual({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [] });
  }
});

test('refuses what is no digest', async () => {
  const registry = await startTestRegistry();
  expectError(await call(registry, 'GET', '/v2/app/referrers/latest'), 400, 'DIGEST_INVALID');
});

test('S11: annotations are kept with the manifest and nowhere else', async () => {
  const { registry, manifests } = await withReferrers(digestOf('subject'));
  const file = digestOf(JSON.stringify(manifests.typed)).replace(':', '-');
  const record = join(registry.storage.folder, 'repositories/app/_manifests', file);
  expect(JSON.parse(await readFile(record, 'utf8'))).not.toHaveProperty('annotations');
});
