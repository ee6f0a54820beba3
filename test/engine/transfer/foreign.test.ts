import { expect, test } from 'vitest';
import {
  blob,
  descriptor,
  makeImage,
  manifestOf,
  mediaTypes,
  type TestBlob,
  type TestManifest,
} from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { matching, plan, requestsFor, run, statusOf } from './transferring.ts';

/** Layers that a manifest says are, or may be, kept elsewhere. */
const FOREIGN = 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip';
const DOCKER_FOREIGN = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip';
const urls = ['https://layers.example/base'];

/** An image with one more layer, as `layer` describes it; held by the source or not. */
async function imageWith(
  layer: { mediaType: string; urls?: string[] },
  held: boolean,
  subject?: TestManifest,
) {
  const plain = await makeImage();
  const extra: TestBlob = blob(layer.mediaType, Buffer.from('the layer that is elsewhere'));
  const [config, ...layers] = plain.blobs;
  if (!config) throw new Error('an image has a config');
  const more = layer.urls ? { urls: layer.urls } : {};
  const image = manifestOf(
    {
      schemaVersion: 2,
      mediaType: mediaTypes.oci.manifest,
      config: descriptor(config),
      layers: [{ ...descriptor(extra), ...more }, ...layers.map(descriptor)],
      ...(subject && { subject: descriptor(subject), artifactType: 'application/vnd.example.model' }),
    },
    held ? [...plain.blobs, extra] : plain.blobs,
  );
  return { image, extra };
}

const requests = requestsFor(['app', '1']);

async function registries(image: TestManifest) {
  const source = await startTestRegistry({ limits: { blobs: false } });
  const target = await startTestRegistry({ limits: { blobs: false } });
  await push(image, source, 'from/app', '1');
  source.clearRequests();
  return { source, target };
}

async function copied(
  layer: { mediaType: string; urls?: string[] },
  held: boolean,
  options: Parameters<typeof plan>[3] = {},
) {
  const { image, extra } = await imageWith(layer, held);
  const { source, target } = await registries(image);
  const planned = await plan(source, target, requests, options);
  const { outcomes } = await run(planned);
  expect([...outcomes.values()]).toEqual([{ kind: 'copied' }]);
  const status = await statusOf(target, `/v2/to/app/blobs/${extra.digest}`);
  return { source, target, extra, item: planned.items[0], arrived: status === 200 };
}

test('B4: an ordinary layer that names urls besides is copied', async () => {
  const { arrived, item, source } = await copied({ mediaType: mediaTypes.oci.layer, urls }, true);
  expect([arrived, item?.leftOut]).toEqual([true, []]);
  expect(matching(source, /^HEAD .*blobs/)).toEqual([]);
});

test.each([FOREIGN, DOCKER_FOREIGN])(
  'B4: a foreign layer (%s) that stays away is named in the plan',
  async (mediaType) => {
    const { arrived, item, extra, source } = await copied({ mediaType, urls }, true);
    expect(arrived).toBe(false);
    expect(item?.leftOut).toMatchObject([{ digest: extra.digest, size: extra.bytes.length, urls }]);
    expect(matching(source, /^HEAD .*blobs/)).toEqual([]);
  },
);

test('B4: a foreign layer goes along where that is wanted and the source holds it', async () => {
  expect(await copied({ mediaType: FOREIGN, urls }, true, { foreign: true })).toMatchObject({
    arrived: true,
    item: { leftOut: [] },
  });
  expect(await copied({ mediaType: FOREIGN, urls }, false, { foreign: true })).toMatchObject({
    arrived: false,
    item: { leftOut: [{ urls }] },
  });
});

test('B4: a foreign layer that names no other place goes wherever the source holds it', async () => {
  expect(await copied({ mediaType: FOREIGN }, true)).toMatchObject({ arrived: true, item: { leftOut: [] } });
  const lost = await copied({ mediaType: FOREIGN }, false);
  expect(lost).toMatchObject({ arrived: false, item: { leftOut: [{ digest: lost.extra.digest }] } });
});

test('B4: foreign layers can be copied later, to an image that is there', async () => {
  const { image, extra } = await imageWith({ mediaType: FOREIGN, urls }, true);
  const { source, target } = await registries(image);
  await run(await plan(source, target, requests));
  const later = await plan(source, target, requests, { foreign: true });
  expect(later.items[0]).toMatchObject({ verdict: 'changed', manifests: [], leftOut: [] });
  await run(later);
  expect(await statusOf(target, `/v2/to/app/blobs/${extra.digest}`)).toBe(200);
  expect((await plan(source, target, requests, { foreign: true })).items[0]?.verdict).toBe('same');
});

test.each([
  [undefined, 404],
  [true, 200],
])('B4: foreign layers of what is attached count as well (wanted: %s)', async (foreign, status) => {
  const image = await makeImage({ name: 'subject' });
  const { image: attached, extra } = await imageWith({ mediaType: FOREIGN, urls }, true, image);
  const { source, target } = await registries(image);
  await push(attached, source, 'from/app');
  const planned = await plan(source, target, requests, { attached: true, foreign });
  const left = foreign ? [] : [{ digest: extra.digest, size: extra.bytes.length, urls }];
  expect(planned.items[0]).toMatchObject({ attached: 1, leftOut: left });
  expect(planned.items[0]?.leftOut).toHaveLength(left.length);
  const { outcomes } = await run(planned);
  expect([...outcomes.values()]).toEqual([{ kind: 'copied' }]);
  expect(await statusOf(target, `/v2/to/app/manifests/${attached.digest}`)).toBe(200);
  expect(await statusOf(target, `/v2/to/app/blobs/${extra.digest}`)).toBe(status);
});
