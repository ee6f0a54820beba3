import { expect } from 'vitest';
import {
  clientReader,
  type ItemOutcome,
  planTransfer,
  RegistryContent,
  runTransfer,
  type TransferItem,
  type TransferPlan,
  TransferProgress,
  type TransferSnapshot,
} from '../../../src-main/engine/index.ts';
import type { TestBlob, TestManifest } from '../../support/images.ts';
import type { GuardedRegistry } from '../../support/local-registry.ts';
import { plainRequest } from '../../support/push.ts';
import { clientOf } from '../../support/server.ts';

function sideOf(registry: { readonly url: string }): RegistryContent {
  const client = clientOf(registry);
  return new RegistryContent(client, clientReader(client));
}

/** `METHOD /path` of each request, without the query. */
export const lines = (registry: GuardedRegistry): string[] =>
  registry.requests.map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`);

export const matching = (registry: GuardedRegistry, pattern: RegExp): string[] =>
  lines(registry).filter((line) => pattern.test(line));

/** Tags `from/<repository>:<tag>` to `to/<repository>:<tag>`. */
export function requestsFor(...places: readonly (readonly [repository: string, tag: string])[]) {
  return places.map(([repository, tag]) => ({
    source: { repository: `from/${repository}`, reference: tag },
    target: { repository: `to/${repository}`, tag },
  }));
}

export async function plan(
  source: { readonly url: string },
  target: { readonly url: string },
  requests: Parameters<typeof planTransfer>[2],
  options: Partial<Parameters<typeof planTransfer>[3]> = {},
): Promise<TransferPlan> {
  const from = sideOf(source);
  const sameRegistry = source.url === target.url;
  return await planTransfer(from, sameRegistry ? from : sideOf(target), requests, {
    sameRegistry,
    ...options,
  });
}

export interface Ran {
  readonly outcomes: ReadonlyMap<TransferItem, ItemOutcome>;
  readonly snapshot: TransferSnapshot;
}

export async function run(
  planned: TransferPlan,
  options: Omit<NonNullable<Parameters<typeof runTransfer>[1]>, 'progress' | 'onItem'> = {},
): Promise<Ran> {
  const outcomes = new Map<TransferItem, ItemOutcome>();
  const progress = new TransferProgress(planned);
  await runTransfer(planned, {
    ...options,
    progress,
    onItem: (item, outcome) => void outcomes.set(item, outcome),
  });
  return { outcomes, snapshot: progress.snapshot() };
}

/** The blobs below a manifest, each once. */
export function blobsOf(manifest: TestManifest): TestBlob[] {
  const all = [...manifest.blobs, ...manifest.children.flatMap(blobsOf)];
  return [...new Map(all.map((one) => [one.digest, one])).values()];
}

/** Fails unless the reference is there with all it names, byte for byte. */
export async function expectWhole(
  registry: GuardedRegistry,
  repository: string,
  reference: string,
  manifest: TestManifest,
): Promise<void> {
  const found = await plainRequest(registry, `/v2/${repository}/manifests/${reference}`);
  expect([found.status, found.body.equals(manifest.bytes)]).toEqual([200, true]);
  for (const child of manifest.children) await expectWhole(registry, repository, child.digest, child);
  for (const { digest, bytes } of manifest.blobs) {
    const blob = await plainRequest(registry, `/v2/${repository}/blobs/${digest}`);
    expect([digest, blob.status, blob.body.equals(bytes)]).toEqual([digest, 200, true]);
  }
}

export async function statusOf(registry: GuardedRegistry, path: string): Promise<number> {
  return (await plainRequest(registry, path)).status;
}
