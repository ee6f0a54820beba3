import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type RegistryLimits, startLocalRegistry } from '../../src-main/local-registry/index.ts';
import { planFor } from '../services/support/plans.ts';
import { makeImage } from '../support/images.ts';
import { seedImages } from '../support/many-images.ts';
import { openCore } from '../support/own-core.ts';
import { push } from '../support/push.ts';
import type { Measurement } from './report.ts';

/** Requests that deleting 20 of 100 tags on one digest may cost, plan and verification included. */
const REQUESTS_MAX = 200;

const cases: readonly { of: number; tags: number; way: string; limits: RegistryLimits; target?: number }[] = [
  { tags: 20, of: 100, way: 'by name', limits: {}, target: REQUESTS_MAX },
  { tags: 20, of: 100, way: 'by placeholder', limits: { deleteByTag: false }, target: REQUESTS_MAX },
  { tags: 200, of: 400, way: 'by name', limits: {} },
  { tags: 200, of: 400, way: 'by placeholder', limits: { deleteByTag: false } },
];

/** Tags of a large deletion, each on a digest of its own, and those that stay beside them. */
const LARGE = 3_000;
const STAYING = 100;

/** Deleting some of the tags on one digest, and many images, from the plan to what was read back: requests and seconds. */
export async function measureDeleting(): Promise<Measurement[]> {
  const measurements: Measurement[] = await measureLarge();
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

/** 3,000 images of a scanned repository. */
async function measureLarge(): Promise<Measurement[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wharfinger-bench-'));
  const registry = await startLocalRegistry({ folder: path.join(folder, 'registry') });
  const core = await openCore(path.join(folder, 'home'));
  try {
    const images = await seedImages(registry, 'app', LARGE + STAYING);
    const handle = await core.accounts.forHost(registry.url, {});
    const { scanId } = await core.inventory.scan(handle, {
      repository: 'app',
      readManifests: true,
      dates: false,
    });
    await core.inventory.finished(scanId);
    registry.clearRequests();
    const planning = performance.now();
    const doomed = images.slice(STAYING).map(({ tag }) => tag);
    const plan = await planFor(core, handle, 'app', doomed);
    const planned = performance.now();
    const heads = registry.requests.filter(({ method }) => method === 'HEAD').length;
    registry.clearRequests();
    const { operationId } = await core.plans.start(plan.id, { typed: plan.typed });
    const { status } = await core.operations.finished(operationId);
    if (status !== 'done') throw new Error(`The deletion ended as ${status}.`);
    const ran = performance.now();
    const deletions = registry.requests.filter(({ method }) => method === 'DELETE').length;
    const beside = registry.requests.length - deletions;
    return [
      {
        what: 'Plan of deleting 3,000 images of a scanned repository',
        value: (planned - planning) / 1000,
        unit: 's',
        target: 5,
      },
      {
        what: 'HEADs of that plan for each tag',
        value: heads / images.length,
        unit: 'requests',
        target: 1.2,
      },
      {
        what: 'Requests of its run for each digest beside the DELETE',
        value: beside / deletions,
        unit: 'requests',
        target: 2,
        note: `${((ran - planned) / 1000).toFixed(1)} s`,
      },
    ];
  } finally {
    await core.close();
    await registry.close();
    await rm(folder, { recursive: true, force: true });
  }
}
