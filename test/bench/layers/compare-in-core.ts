/** Compares the files of two images in a host of its own: `compare-in-core HOME HOST/REPOSITORY@DIGEST HOST/REPOSITORY@DIGEST`. */
import type { Comparison } from '../../../src-main/common/comparison.ts';
import { parseReference } from '../../../src-main/engine/index.ts';
import { createCore } from '../../../src-main/services/index.ts';
import { watchingLoop } from '../scale/event-loop.ts';

const LOOK_MS = 10;

const [home = '', left = '', right = ''] = process.argv.slice(2);
const core = await createCore({
  home,
  keychain: null,
  host: 'browser',
  version: '0.0.0-bench',
  environment: { HOME: home },
});
try {
  const images = { left: await imageAt(left), right: await imageAt(right) };
  const idle = process.memoryUsage.rss();
  let peak = idle;
  const look = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, LOOK_MS);
  let comparison: Comparison | undefined;
  const { late, took } = await watchingLoop(async () => {
    for await (const step of core.comparison.compare(images, { files: true }))
      if (step.kind === 'compared') ({ comparison } = step);
  });
  clearInterval(look);
  const begun = performance.now();
  const { total } = await core.comparison.files(images, { offset: 0, limit: 100, times: true });
  const page = performance.now() - begun;
  const { verdict, bytes, platforms } = comparison ?? {};
  const { uncertain } = platforms?.[0]?.files ?? {};
  const measured = { seconds: took / 1000, late, over: (peak - idle) / 1e6, page };
  console.log(JSON.stringify({ ...measured, verdict, bytes, uncertain, total }));
} finally {
  await core.close();
}

async function imageAt(reference: string) {
  const { host, repository, digest = '' } = parseReference(reference);
  return { handle: await core.accounts.forHost(host), repository, reference: digest };
}
