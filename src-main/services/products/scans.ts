import type { Finding, ScanOverview } from '../../common/product-said.ts';
import type { ScanType } from '../../engine/resource-kinds.ts';
import type { ProductScans, Scanned } from '../core/products.ts';
import type { Locks } from '../operations/locks.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import { abilityOf } from './abilities.ts';
import { allow } from './planned.ts';

/** What a registry's own scanner says of artifacts. */
export const productScans = (locks: Locks): ProductScans => ({
  async scanned(
    registry: RegistryHandle,
    { repository, digest }: Scanned,
    { signal }: CallOptions = {},
  ): Promise<ScanOverview[]> {
    const scans = await abilityOf(registry, 'scans', { signal });
    const found = await scans.overview(repository, digest, signal);
    return found.map(({ counts, ...overview }) => ({ ...overview, counts: { ...counts } }));
  },

  async findings(
    registry: RegistryHandle,
    { repository, digest }: Scanned,
    { signal }: CallOptions = {},
  ): Promise<Finding[]> {
    const scans = await abilityOf(registry, 'scans', { signal });
    const found = await scans.findings(repository, digest, signal);
    return found.map(({ links, ...finding }) => ({ ...finding, links: [...links] }));
  },

  async startScan(
    registry: RegistryHandle,
    { repository, digest, type }: Scanned & { type: ScanType },
    { signal }: CallOptions = {},
  ): Promise<void> {
    locks.check({ reads: [], changes: [registry] });
    const scans = await abilityOf(registry, 'scans', { signal });
    allow(await scans.mayStart(repository, signal), 'scan', repository);
    await scans.start(repository, digest, type, signal);
  },

  async stopScan(
    registry: RegistryHandle,
    { repository, digest, type }: Scanned & { type: ScanType },
    { signal }: CallOptions = {},
  ): Promise<void> {
    locks.check({ reads: [], changes: [registry] });
    await (await abilityOf(registry, 'scans', { signal })).stop(repository, digest, type, signal);
  },
});
