import { describe, expect, test } from 'vitest';
import { startTestRegistry } from '../support/local-registry.ts';
import {
  call,
  DOCKER_LIST,
  DOCKER_MANIFEST,
  digestOf,
  expectError,
  OCI_INDEX,
  OCI_MANIFEST,
  pushBlob,
  pushImage,
  putManifest,
  tagsOf,
} from './client.ts';

describe('reading', () => {
  test('gives the same bytes by tag and by digest, whatever Accept says', async () => {
    const registry = await startTestRegistry();
    const { digest, bytes } = await pushImage(registry, 'team/app', 'v1');
    for (const reference of ['v1', digest]) {
      const path = `/v2/team/app/manifests/${reference}`;
      const got = await call(registry, 'GET', path, { headers: { accept: 'text/plain' } });
      expect(got.status).toBe(200);
      expect(got.bytes.toString()).toBe(bytes);
      expect(got.headers).toMatchObject({
        'content-type': OCI_MANIFEST,
        'docker-content-digest': digest,
        'content-length': String(bytes.length),
        'docker-distribution-api-version': 'registry/2.0',
      });
      const head = await call(registry, 'HEAD', path);
      expect(head.status).toBe(200);
      expect(head.bytes).toHaveLength(0);
      expect(head.headers).toMatchObject({
        'content-type': OCI_MANIFEST,
        'docker-content-digest': digest,
        'content-length': String(bytes.length),
      });
    }
  });

  test('B2d: a tag that cannot be one is not there', async () => {
    const registry = await startTestRegistry();
    await pushImage(registry, 'app', 'v1');
    for (const reference of ['.v1', '-', 'a%20b', 'x'.repeat(129)]) {
      const path = `/v2/app/manifests/${reference}`;
      expectError(await call(registry, 'GET', path), 404, 'MANIFEST_UNKNOWN');
      expectError(await call(registry, 'DELETE', path), 404, 'MANIFEST_UNKNOWN');
    }
  });

  test('answers 304 to the ETag it gave', async () => {
    const registry = await startTestRegistry();
    await pushImage(registry, 'app', 'v1');
    const { headers } = await call(registry, 'GET', '/v2/app/manifests/v1');
    const again = await call(registry, 'GET', '/v2/app/manifests/v1', {
      headers: { 'if-none-match': String(headers.etag) },
    });
    expect(again.status).toBe(304);
    expect(again.bytes).toHaveLength(0);
  });

  test('says MANIFEST_UNKNOWN for a tag, digest or repository that is not there', async () => {
    const registry = await startTestRegistry();
    await pushImage(registry, 'app', 'v1');
    for (const path of ['app/manifests/v2', `app/manifests/${digestOf('no')}`, 'other/manifests/v1']) {
      expectError(await call(registry, 'GET', `/v2/${path}`), 404, 'MANIFEST_UNKNOWN');
      expect((await call(registry, 'HEAD', `/v2/${path}`)).status).toBe(404);
    }
  });

  test('does not give out a manifest of another repository by its digest', async () => {
    const registry = await startTestRegistry();
    const { digest } = await pushImage(registry, 'app', 'v1');
    expectError(await call(registry, 'GET', `/v2/other/manifests/${digest}`), 404, 'MANIFEST_UNKNOWN');
  });
});

describe('pushing', () => {
  test('takes OCI and Docker images and indexes', async () => {
    const registry = await startTestRegistry();
    const config = await pushBlob(registry, 'app', '{}');
    const docker = { schemaVersion: 2, mediaType: DOCKER_MANIFEST, config, layers: [] };
    const image = await putManifest(registry, 'app', 'docker', docker, DOCKER_MANIFEST);
    expect(image.status).toBe(201);
    const digest = String(image.headers['docker-content-digest']);
    expect(digest).toBe(digestOf(JSON.stringify(docker)));
    expect(image.headers.location).toBe(`/v2/app/manifests/${digest}`);
    const child = { mediaType: DOCKER_MANIFEST, digest, size: JSON.stringify(docker).length };
    for (const mediaType of [OCI_INDEX, 'application/vnd.docker.distribution.manifest.list.v2+json']) {
      const index = { schemaVersion: 2, mediaType, manifests: [child] };
      expect((await putManifest(registry, 'app', 'list', index, mediaType)).status).toBe(201);
      expect((await call(registry, 'GET', '/v2/app/manifests/list')).headers['content-type']).toBe(mediaType);
    }
  });

  test('takes an OCI manifest without a media type of its own, and one without Content-Type', async () => {
    const registry = await startTestRegistry();
    const config = await pushBlob(registry, 'app', '{}');
    expect((await putManifest(registry, 'app', 'a', { schemaVersion: 2, config, layers: [] })).status).toBe(
      201,
    );
    const body = JSON.stringify({ schemaVersion: 2, mediaType: OCI_MANIFEST, config, layers: [] });
    expect((await call(registry, 'PUT', '/v2/app/manifests/b', { body })).status).toBe(201);
  });

  test('moves a tag and keeps the old manifest', async () => {
    const registry = await startTestRegistry();
    const old = await pushImage(registry, 'app', 'latest', 'one');
    const { digest } = await pushImage(registry, 'app', 'latest', 'two');
    const got = await call(registry, 'HEAD', '/v2/app/manifests/latest');
    expect(got.headers['docker-content-digest']).toBe(digest);
    expect((await call(registry, 'HEAD', `/v2/app/manifests/${old.digest}`)).status).toBe(200);
  });

  test('takes a manifest by its sha256 or sha512 digest, and refuses a wrong one', async () => {
    const registry = await startTestRegistry();
    const config = await pushBlob(registry, 'app', '{}');
    const manifest = JSON.stringify({ schemaVersion: 2, config, layers: [] });
    for (const algorithm of ['sha256', 'sha512']) {
      const digest = digestOf(manifest, algorithm);
      const put = await putManifest(registry, 'app', digest, manifest);
      expect(put.headers['docker-content-digest']).toBe(digest);
      expect((await call(registry, 'GET', `/v2/app/manifests/${digest}`)).bytes.toString()).toBe(manifest);
    }
    expectError(await putManifest(registry, 'app', digestOf('x'), manifest), 400, 'DIGEST_INVALID');
    expect(await tagsOf(registry, 'app')).toEqual({ name: 'app', tags: [] });
  });

  test('names every blob and manifest that is missing, and writes nothing', async () => {
    const registry = await startTestRegistry();
    const config = await pushBlob(registry, 'app', '{}');
    const lost = { mediaType: 'x', digest: digestOf('lost'), size: 4 };
    const image = await putManifest(registry, 'app', 'v1', { schemaVersion: 2, config, layers: [lost] });
    expectError(image, 404, 'MANIFEST_BLOB_UNKNOWN');
    expect(image.json()).toMatchObject({ errors: [{ detail: [{ digest: lost.digest }] }] });
    const index = { schemaVersion: 2, manifests: [{ ...lost, mediaType: OCI_MANIFEST }] };
    expectError(await putManifest(registry, 'app', 'v1', index, OCI_INDEX), 404, 'MANIFEST_BLOB_UNKNOWN');
    expectError(await call(registry, 'GET', '/v2/app/manifests/v1'), 404, 'MANIFEST_UNKNOWN');
  });

  test('does not count a blob of another repository as present', async () => {
    const registry = await startTestRegistry();
    const config = await pushBlob(registry, 'other', '{}');
    const answer = await putManifest(registry, 'app', 'v1', { schemaVersion: 2, config, layers: [] });
    expectError(answer, 404, 'MANIFEST_BLOB_UNKNOWN');
  });

  test('does not ask for foreign layers', async () => {
    const registry = await startTestRegistry();
    const config = await pushBlob(registry, 'app', '{}');
    const mediaType = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip';
    const layers = [{ mediaType, digest: digestOf('far away'), size: 8, urls: ['https://example.test/x'] }];
    expect((await putManifest(registry, 'app', 'v1', { schemaVersion: 2, config, layers })).status).toBe(201);
  });

  test('B1: absent, null and empty are the same', async () => {
    const registry = await startTestRegistry();
    const config = await pushBlob(registry, 'app', '{}');
    const image = {
      schemaVersion: 2,
      mediaType: null,
      config,
      layers: null,
      manifests: null,
      annotations: null,
    };
    const put = await putManifest(registry, 'app', 'v1', image);
    expect(put.status).toBe(201);
    const size = JSON.stringify(image).length;
    const manifests = [{ mediaType: OCI_MANIFEST, digest: put.headers['docker-content-digest'], size }];
    for (const nothing of [null, [], {}, '']) {
      const index = { schemaVersion: 2, manifests, config: nothing, layers: nothing, subject: null };
      expect((await putManifest(registry, 'app', 'index', index, OCI_INDEX)).status).toBe(201);
    }
  });

  test("B12: takes BuildKit's cache, an index of blobs, if they are there", async () => {
    const registry = await startTestRegistry();
    const layer = 'application/vnd.oci.image.layer.v1.tar+gzip';
    const blobs = [
      { ...(await pushBlob(registry, 'app', 'layer')), mediaType: layer },
      { ...(await pushBlob(registry, 'app', '{}')), mediaType: 'application/vnd.buildkit.cacheconfig.v0' },
    ];
    const cache = { schemaVersion: 2, manifests: blobs };
    expect((await putManifest(registry, 'app', 'buildcache', cache, OCI_INDEX)).status).toBe(201);
    const lost = { mediaType: layer, digest: digestOf('lost'), size: 4 };
    const torn = { schemaVersion: 2, manifests: [...blobs, lost] };
    expectError(await putManifest(registry, 'app', 'torn', torn, OCI_INDEX), 404, 'MANIFEST_BLOB_UNKNOWN');
  });

  const descriptor = { mediaType: 'x', digest: digestOf('x'), size: 1 };
  test.each([
    ['no JSON', '{"schemaVersion":', OCI_MANIFEST],
    ['bytes that are no text', '\u0000', OCI_MANIFEST],
    ['no object', '[]', OCI_MANIFEST],
    ['schema 1', JSON.stringify({ schemaVersion: 1, name: 'app', tag: 'v1', fsLayers: [] }), OCI_MANIFEST],
    ['no config', JSON.stringify({ schemaVersion: 2, layers: [] }), OCI_MANIFEST],
    [
      'a digest that is a path',
      JSON.stringify({ schemaVersion: 2, config: { ...descriptor, digest: 'sha256:../../x' } }),
      OCI_MANIFEST,
    ],
    [
      'a negative size',
      JSON.stringify({ schemaVersion: 2, config: { ...descriptor, size: -1 } }),
      OCI_MANIFEST,
    ],
    [
      'another media type than its Content-Type',
      JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, config: descriptor, layers: [] }),
      OCI_MANIFEST,
    ],
    [
      'a manifest that is an index, too (CVE-2021-41190)',
      JSON.stringify({ schemaVersion: 2, config: descriptor, layers: [], manifests: [descriptor] }),
      OCI_MANIFEST,
    ],
    [
      'an index that is a manifest, too (CVE-2021-41190)',
      JSON.stringify({ schemaVersion: 2, manifests: [descriptor], layers: [descriptor] }),
      OCI_INDEX,
    ],
    ['an unknown media type', '{"schemaVersion":2}', 'application/json'],
  ])('refuses %s', async (_, body, contentType) => {
    const registry = await startTestRegistry();
    expectError(await putManifest(registry, 'app', 'v1', body, contentType), 400, 'MANIFEST_INVALID');
  });

  test('refuses more than 4 MiB with 413, with and without Content-Length', async () => {
    const registry = await startTestRegistry();
    const config = await pushBlob(registry, 'app', '{}');
    const manifest = { schemaVersion: 2, config, layers: [], annotations: { a: '' } };
    const room = 4 * 1024 * 1024 - JSON.stringify(manifest).length;
    const body = (filler: number): string =>
      JSON.stringify({ ...manifest, annotations: { a: 'x'.repeat(filler) } });
    const headers = { 'content-type': OCI_MANIFEST };
    expect((await putManifest(registry, 'app', 'largest', body(room))).status).toBe(201);
    for (const chunked of [false, true]) {
      const path = '/v2/app/manifests/v1';
      const answer = await call(registry, 'PUT', path, { headers, body: body(room + 1), chunked });
      expectError(answer, 413, 'SIZE_INVALID');
      const huge = Buffer.alloc(30_000_000, 'x');
      expectError(await call(registry, 'PUT', path, { headers, body: huge, chunked }), 413, 'SIZE_INVALID');
    }
  });
});

describe('deleting', () => {
  test('by digest takes the manifest and every tag on it, and no other', async () => {
    const registry = await startTestRegistry();
    const { digest } = await pushImage(registry, 'app', 'v1', 'same');
    await pushImage(registry, 'app', 'latest', 'same');
    await pushImage(registry, 'app', 'v2', 'else');
    expect((await call(registry, 'DELETE', `/v2/app/manifests/${digest}`)).status).toBe(202);
    expect(await tagsOf(registry, 'app')).toEqual({ name: 'app', tags: ['v2'] });
    expectError(await call(registry, 'GET', `/v2/app/manifests/${digest}`), 404, 'MANIFEST_UNKNOWN');
    expectError(await call(registry, 'DELETE', `/v2/app/manifests/${digest}`), 404, 'MANIFEST_UNKNOWN');
  });

  test('by tag takes that tag alone: its siblings and the manifest stay', async () => {
    const registry = await startTestRegistry();
    const { digest } = await pushImage(registry, 'app', 'v1', 'same');
    await pushImage(registry, 'app', 'latest', 'same');
    expect((await call(registry, 'DELETE', '/v2/app/manifests/latest')).status).toBe(202);
    expect(await tagsOf(registry, 'app')).toEqual({ name: 'app', tags: ['v1'] });
    expect((await call(registry, 'GET', `/v2/app/manifests/${digest}`)).status).toBe(200);
    expectError(await call(registry, 'DELETE', '/v2/app/manifests/latest'), 404, 'MANIFEST_UNKNOWN');
  });

  test('in one repository leaves the same image in another', async () => {
    const registry = await startTestRegistry();
    const { digest, bytes } = await pushImage(registry, 'one', 'v1');
    await pushImage(registry, 'two', 'v1');
    await call(registry, 'DELETE', `/v2/one/manifests/${digest}`);
    expect((await call(registry, 'GET', '/v2/two/manifests/v1')).bytes.toString()).toBe(bytes);
  });

  test('takes an emptied repository out of the catalog; pushing restores it', async () => {
    const registry = await startTestRegistry();
    const { digest } = await pushImage(registry, 'app', 'v1');
    await call(registry, 'DELETE', `/v2/app/manifests/${digest}`);
    expect((await call(registry, 'GET', '/v2/_catalog')).json()).toEqual({ repositories: [] });
    await pushImage(registry, 'app', 'v1');
    expect((await call(registry, 'GET', '/v2/_catalog')).json()).toEqual({ repositories: ['app'] });
  });
});

describe('B12: an index of what is no manifest', () => {
  const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';
  const CACHE_CONFIG = 'application/vnd.buildkit.cacheconfig.v0';

  test.each([OCI_INDEX, DOCKER_LIST])('is taken when its blobs are there (%s)', async (mediaType) => {
    const registry = await startTestRegistry();
    const layer = { ...(await pushBlob(registry, 'app', 'layer')), mediaType: LAYER };
    const config = { ...(await pushBlob(registry, 'app', '{"layers":[]}')), mediaType: CACHE_CONFIG };
    const cache = { schemaVersion: 2, mediaType, manifests: [layer, config] };
    expect((await putManifest(registry, 'app', 'buildcache', cache, mediaType)).status).toBe(201);
    const missing = { ...layer, digest: digestOf('missing') };
    const lacking = { ...cache, manifests: [missing, config] };
    const answer = await putManifest(registry, 'app', 'lacking', lacking, mediaType);
    expectError(answer, 404, 'MANIFEST_BLOB_UNKNOWN');
  });
});

describe('B2d: a push by digest with tags', () => {
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [] });
  const put = async (registry: { url: string }, query: string, algorithm = 'sha256') => {
    const digest = digestOf(manifest, algorithm);
    return await putManifest(registry, 'app', `${digest}${query}`, manifest, OCI_INDEX);
  };

  test.each(['sha256', 'sha512'])('writes them all and names them (%s)', async (algorithm) => {
    const registry = await startTestRegistry();
    const answer = await put(registry, '?tag=v1&tag=latest&tag=v1', algorithm);
    expect(answer).toMatchObject({ status: 201, headers: { 'oci-tag': 'v1, latest' } });
    expect(await tagsOf(registry, 'app')).toMatchObject({ tags: ['latest', 'v1'] });
    const { headers } = await call(registry, 'HEAD', '/v2/app/manifests/latest');
    expect(headers['docker-content-digest']).toBe(digestOf(manifest, algorithm));
  });

  test('writes nothing when one of them cannot be a tag', async () => {
    const registry = await startTestRegistry();
    expectError(await put(registry, '?tag=v1&tag=.no'), 400, 'TAG_INVALID');
    expectError(await call(registry, 'GET', '/v2/app/tags/list'), 404, 'NAME_UNKNOWN');
    expect((await put(registry, '')).headers['oci-tag']).toBeUndefined();
  });
});
