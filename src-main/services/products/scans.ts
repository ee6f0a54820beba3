import type { ArtifactNote, ArtifactScan, Finding, ScanOverview } from '../../common/product-said.ts';
import type { ScanOverview as ProductScan } from '../../engine/index.ts';
import type { Permission } from '../../engine/resource-kinds.ts';
import type { ScanType } from '../../engine/vocabulary/scanning.ts';
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
  ): Promise<ArtifactScan[]> {
    const scans = await abilityOf(registry, 'scans', { signal });
    const found = await scans.overview(repository, digest, signal);
    const may = new Map<ScanType, Permission>();
    for (const type of scans.types) may.set(type, await scans.mayStart(repository, type, signal));
    return found.map((overview) => ({ ...scanOf(overview), may: may.get(overview.type) ?? 'unsupported' }));
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
    allow(await scans.mayStart(repository, type, signal), 'scan', repository);
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

  async *notes(
    registry: RegistryHandle,
    repository: string,
    { signal }: CallOptions = {},
  ): AsyncGenerator<ArtifactNote[], void, void> {
    const notes = await abilityOf(registry, 'notes', { signal });
    for await (const page of notes.list(repository, signal))
      yield page.map(({ digest, labels, scan }) => ({
        digest,
        labels: [...labels],
        ...(scan ? { scan: scanOf(scan) } : {}),
      }));
  },
});

const scanOf = ({ counts, ...overview }: ProductScan): ScanOverview => ({
  ...overview,
  counts: { ...counts },
});
