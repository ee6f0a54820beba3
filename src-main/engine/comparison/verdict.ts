import {
  COMPARISON_ASPECTS,
  type ComparisonAspect,
  type ComparisonVerdict,
} from '../vocabulary/comparison.ts';
import type { ConfigRow } from './config.ts';
import type { FileCounts } from './files.ts';
import type { HistoryRow } from './history.ts';
import type { SideImage } from './image.ts';
import { isShared, type LayerRow } from './layers.ts';

export interface Judged {
  verdict: ComparisonVerdict;
  /** What runs is the same. */
  same: boolean;
  /** In what they differ. */
  differs: readonly ComparisonAspect[];
  /** What was not looked at, or could not be read. */
  unknown: readonly ComparisonAspect[];
}

/** What was found out of two images. */
export interface Evidence {
  layers: readonly LayerRow[];
  config: readonly ConfigRow[];
  history: readonly HistoryRow[];
  /** Absent where files were not compared. */
  files?: Omit<FileCounts, 'bytes'> & { failed: readonly unknown[] };
  packages?: { added: readonly unknown[]; removed: readonly unknown[]; changed: readonly unknown[] };
}

export function judge(left: SideImage, right: SideImage, evidence: Evidence): Judged {
  if (left.digest === right.digest) return judged('identical', [], []);
  const differs = new Set<ComparisonAspect>();
  const unknown = new Set<ComparisonAspect>();
  const { layers, config, history, files, packages } = evidence;
  if (!layers.every(isShared)) differs.add('layers');
  if (config.some(({ field }) => field !== 'created')) differs.add('config');
  if (left.unreadable !== undefined || right.unreadable !== undefined) unknown.add('config');
  if (history.some(({ state }) => state === 'onlyLeft' || state === 'onlyRight')) differs.add('history');
  if (config.some(({ field }) => field === 'created') || history.some(({ state }) => state === 'dates'))
    differs.add('timestamps');
  if (files) {
    const rows = files.added + files.removed + files.changed - files.timesOnly;
    if (rows > files.uncertain) differs.add('files');
    else if (rows > 0) unknown.add('files');
    if (files.timesOnly > 0) differs.add('timestamps');
    if (files.failed.length > 0) unknown.add('files');
  } else if (differs.has('layers')) unknown.add('files');
  if (packages) {
    if (packages.added.length + packages.removed.length + packages.changed.length > 0)
      differs.add('packages');
  } else if (differs.has('layers')) unknown.add('packages');
  return judged(verdictOf(left, right, differs, unknown), [...differs], [...unknown]);
}

function verdictOf(
  left: SideImage,
  right: SideImage,
  differs: Set<ComparisonAspect>,
  unknown: ReadonlySet<ComparisonAspect>,
): ComparisonVerdict {
  if (['config', 'files', 'packages'].some((aspect) => differs.has(aspect as ComparisonAspect)))
    return 'different';
  if (unknown.has('files') || unknown.has('config')) return 'different';
  if (differs.size === 0) {
    differs.add('manifest');
    return 'sameContent';
  }
  const builtAlike = left.layers.length === right.layers.length && !differs.has('history');
  return differs.has('timestamps') && builtAlike ? 'timestamps' : 'sameFiles';
}

/** Of an image whose platform the other side has not. */
export const alone = (): Judged => judged('different', ['platforms'], []);

function judged(
  verdict: ComparisonVerdict,
  differs: readonly ComparisonAspect[],
  unknown: readonly ComparisonAspect[],
): Judged {
  const same = verdict === 'identical' || verdict === 'sameContent';
  const inOrder = (aspects: readonly ComparisonAspect[]) =>
    COMPARISON_ASPECTS.filter((aspect) => aspects.includes(aspect));
  return { verdict, same, differs: inOrder(differs), unknown: inOrder(unknown) };
}
