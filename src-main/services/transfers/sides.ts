import type { CopyOptions, TransferSummary } from '../../common/transfer.ts';
import {
  type BeforeTag,
  type PlatformChoice,
  RegistryContent,
  type TransferPlan,
} from '../../engine/index.ts';
import type { RegistryHandle } from '../types.ts';

export function sideOf({ client, reader }: RegistryHandle, beforeTag?: BeforeTag): RegistryContent {
  return new RegistryContent(client, reader, beforeTag);
}

/** Blobs can be mounted between accounts of one registry as well; it decides itself whether the user may. */
export function isSameRegistry(one: RegistryHandle, other: RegistryHandle): boolean {
  return one.client.url.origin === other.client.url.origin;
}

export function platformChoice({
  platforms = [],
  index = 'rewritten',
}: Partial<CopyOptions>): PlatformChoice | undefined {
  return platforms.length === 0 ? undefined : { platforms, index };
}

/** A plan's blobs by what becomes of them. */
export function talliesOf({ blobs }: TransferPlan): TransferSummary['blobs'] {
  const tallies = {
    present: { count: 0, bytes: 0 },
    mount: { count: 0, bytes: 0 },
    send: { count: 0, bytes: 0 },
  };
  for (const { state, descriptor } of blobs) {
    tallies[state].count++;
    tallies[state].bytes += descriptor.size;
  }
  return tallies;
}
