/** Reads the layers of an image in a host of its own: `list-in-core HOME REFERENCE`, a folder of an OCI layout or HOST/REPOSITORY@DIGEST. */
import { parseReference } from '../../../src-main/engine/index.ts';
import { createCore } from '../../../src-main/services/index.ts';
import { watchingLoop } from '../scale/event-loop.ts';

const LOOK_MS = 10;

const [home = '', text = ''] = process.argv.slice(2);
const core = await createCore({
  home,
  keychain: null,
  host: 'browser',
  version: '0.0.0-bench',
  environment: { HOME: home },
});
try {
  const image = text.startsWith('/') ? await inLayout(text) : await inRegistry(text);
  await core.files.layers(image);
  // An open host has the inventory's threads; what else is compiled and kept for them counts as reading a layer.
  await core.catalog.search('x', 1);
  const idle = process.memoryUsage.rss();
  let peak = idle;
  const look = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, LOOK_MS);
  const { late, took } = await watchingLoop(async () => {
    for await (const _ of core.files.read(image));
  });
  clearInterval(look);
  const { layers } = await core.files.layers(image);
  const { total } = await core.files.list(image, { view: 'merged', path: 'usr/lib', offset: 0, limit: 1 });
  console.log(JSON.stringify({ seconds: took / 1000, late, over: (peak - idle) / 1e6, layers, total }));
} finally {
  await core.close();
}

async function inLayout(path: string) {
  const place = { kind: 'ociLayout', path } as const;
  return {
    handle: core.content.handle(place),
    repository: '',
    reference: await core.content.onlyDigest(place),
  };
}

async function inRegistry(reference: string) {
  const { host, repository, digest = '' } = parseReference(reference);
  return { handle: await core.accounts.forHost(host), repository, reference: digest };
}
