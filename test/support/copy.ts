import {
  type ManifestHead,
  type ManifestReader,
  planTransfer,
  type RegistryClient,
  RegistryContent,
  runTransfer,
  type TransferItem,
  type TransferPlan,
  TransferProgress,
  type TransferSnapshot,
} from '../../src-main/engine/index.ts';

export interface CopySource {
  client: RegistryClient;
  reader: ManifestReader;
  repository: string;
  reference: string;
}

export interface CopyTarget {
  client: RegistryClient;
  reader: ManifestReader;
  repository: string;
  tag: string;
}

/** A transfer of one item; what would be refused is thrown. */
export interface OneCopy extends Pick<TransferItem, 'manifests' | 'blobs' | 'replaces'> {
  plan: TransferPlan;
  root: ManifestHead;
  unchanged: boolean;
}

export interface CopyResult {
  digest: string;
  bytesSent: number;
  bytesMounted: number;
  bytesPresent: number;
}

export async function planCopy(
  source: CopySource,
  target: CopyTarget,
  sameRegistry: boolean,
  options: Partial<Parameters<typeof planTransfer>[3]> = {},
): Promise<OneCopy> {
  const request = {
    source: { repository: source.repository, reference: source.reference },
    target: { repository: target.repository, tag: target.tag },
  };
  const from = new RegistryContent(source.client, source.reader);
  const to = new RegistryContent(target.client, target.reader);
  const plan = await planTransfer(from, to, [request], { sameRegistry, ...options });
  const [item] = plan.items;
  if (!item?.root) throw item?.error ?? new Error('The plan has no item.');
  return { ...item, plan, root: item.root, unchanged: item.verdict === 'same' };
}

export function planRetag(side: CopySource, tag: string): Promise<OneCopy> {
  return planCopy(side, { ...side, tag }, true);
}

export async function runCopy(
  { plan, root }: OneCopy,
  {
    report,
    ...options
  }: { signal?: AbortSignal; concurrency?: number; report?: (snapshot: TransferSnapshot) => void } = {},
): Promise<CopyResult> {
  const progress: TransferProgress = new TransferProgress(plan, () => report?.(progress.snapshot()));
  await runTransfer(plan, {
    ...options,
    progress,
    onItem: (_, outcome) => {
      if (outcome.kind === 'failed') throw outcome.error;
    },
  });
  const { bytesSent, bytesMounted, bytesPresent } = progress.snapshot();
  return { digest: root.digest, bytesSent, bytesMounted, bytesPresent };
}
