import type { JobItem, JobRun } from '../../common/product-job.ts';
import type { JobItem as ProductJobItem, JobRun as ProductJobRun } from '../../engine/index.ts';

export function jobRunOf({ options, counts, ...run }: ProductJobRun): JobRun {
  return { ...run, options: { ...options }, counts: { ...counts } };
}

export function jobItemOf({ counts, goes: _, ...item }: ProductJobItem): JobItem {
  return { ...item, counts: { ...counts } };
}
