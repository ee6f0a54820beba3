import type { LocalRegistry } from '../options.ts';
import { seedApi } from './api.ts';
import { seedPolicies, seedSbom } from './artifacts.ts';
import { seedBackupTool } from './backup-tool.ts';
import { SampleBuilder } from './builder.ts';
import { seedChart } from './chart.ts';
import type { SampleSet } from './sample-set.ts';
import { seedWeb } from './web.ts';

/**
 * Puts the sample images into a registry's storage and returns what was made: the same bytes on every machine. Safe to
 * repeat: sample tags that were deleted or moved come back, everything else stays.
 */
export async function seedSamples(registry: Pick<LocalRegistry, 'storage'>): Promise<SampleSet> {
  const builder = new SampleBuilder(registry.storage);
  const web = await seedWeb(builder);
  await seedSbom(builder, web.repository, web.latest);
  await seedApi(builder);
  await seedBackupTool(builder);
  await seedPolicies(builder);
  await seedChart(builder);
  return builder.result();
}
