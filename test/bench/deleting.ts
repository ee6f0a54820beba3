import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type RegistryLimits, startLocalRegistry } from '../../src-main/local-registry/index.ts';
import { planFor } from '../services/support/plans.ts';
import { makeImage } from '../support/images.ts';
import { openCore } from '../support/own-core.ts';
import { push } from '../support/push.ts';
import type { Measurement } from './report.ts';

/** Requests that deleting 20 of 100 tags on one digest may cost, plan and verification included. */
const REQUESTS_MAX = 250;

const cases: readonly { of: number; tags: number; way: string; limits: RegistryLimits; target?: number }[] = [
  { tags: 20, of: 100, way: 'by name', limits: {}, target: REQUESTS_MAX },
  { tags: 20, of: 100, way: 'by placeholder', limits: { deleteByTag: false }, target: REQUESTS_MAX },
  { tags: 200, of: 400, way: 'by name', limits: {} },
  { tags: 200, of: 400, way: 'by placeholder', limits: { deleteByTag: false } },
];

/** Deleting some of the tags on one digest, from the plan to what was read back: requests and seconds. */
export async function measureDeleting(): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const one of cases) {
    const folder = await mkdtemp(path.join(tmpdir(), 'wharfinger-bench-'));
    try {
      const { requests, seconds } = await deleteOnce(folder, one);
      const what = `Deleting ${one.tags} of ${one.of} tags on one digest ${one.way}`;
      measurements.push({
        what,
        value: requests,
        unit: 'requests',
        ...(one.target === undefined ? {} : { target: one.target }),
        note: `${seconds.toFixed(1)} s`,
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return measurements;
}

async function deleteOnce(
  folder: string,
  { tags, of, limits }: (typeof cases)[number],
): Promise<{ requests: number; seconds: number }> {
  const registry = await startLocalRegistry({ folder: path.join(folder, 'registry'), limits });
  const home = path.join(folder, 'home');
  const core = await openCore(home);
  try {
    const image = await makeImage();
    await push(image, registry, 'app', 't0');
    const names = Array.from({ length: of }, (_, number) => `t${number}`);
    const { mediaType, bytes } = image;
    await registry.storage.seed([{ repository: 'app', mediaType, bytes, tags: names }]);
    const handle = await core.accounts.forHost(registry.url, {});
    registry.clearRequests();
    const begun = performance.now();
    const plan = await planFor(core, handle, 'app', names.slice(0, tags));
    const { operationId } = await core.plans.start(plan.id, { consent: false, typed: plan.typed });
    const { status } = await core.operations.finished(operationId);
    if (status !== 'done') throw new Error(`The deletion ended as ${status}.`);
    return { requests: registry.requests.length, seconds: (performance.now() - begun) / 1000 };
  } finally {
    await core.close();
    await registry.close();
  }
}
