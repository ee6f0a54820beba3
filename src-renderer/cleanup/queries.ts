import {
  keepPreviousData,
  type QueryClient,
  type QueryFunctionContext,
  queryOptions,
} from '@tanstack/react-query';
import type {
  CleanupDecision,
  CleanupPlan,
  CleanupPlanning,
  InUseFile,
  SavedCleanup,
} from '../../src-main/common/cleanup-run.ts';
import { api, orpc } from '../api.ts';
import { readPages } from '../lists/page-stream.ts';

/** What rules make of a tag. */
export interface PreviewRow extends CleanupDecision {
  readonly id: string;
  readonly repository: string;
}

export interface Preview {
  readonly rows: readonly PreviewRow[];
  /** Tags that are known by name alone; undefined until all are read. */
  readonly unseen: number | undefined;
  /** When the oldest of what is known was seen. */
  readonly asOf: string | undefined;
}

/** Rules as they are edited, with what was given of the sources that they name. */
export interface GivenRules {
  readonly accountId: string;
  readonly text: string;
  readonly inUse: readonly InUseFile[];
}

async function readPreview(
  given: GivenRules,
  { client, queryKey, signal }: QueryFunctionContext,
): Promise<Preview> {
  const rows: PreviewRow[] = [];
  let end: Pick<Preview, 'unseen' | 'asOf'> = { unseen: undefined, asOf: undefined };
  return readPages({
    pages: await api.cleanup.preview({ ...given, inUse: [...given.inUse] }, { signal }),
    add: (page) => {
      if (page.kind === 'end') end = { unseen: page.tags.unseen, asOf: page.asOf };
      else
        for (const tag of page.tags)
          rows.push({ ...tag, id: `${page.repository}:${tag.tag}`, repository: page.repository });
    },
    snapshot: () => ({ rows: [...rows], ...end }),
    show: (preview) => {
      if (!signal.aborted) client.setQueryData(queryKey, preview);
    },
  });
}

export const cleanupQueries = {
  saved: (accountId: string) => orpc.cleanup.saved.queryOptions({ input: { accountId } }),

  versions: (id: string) => orpc.cleanup.versions.queryOptions({ input: { id } }),

  /** What a text says; while another is read, what the one before did. */
  read: (text: string) =>
    queryOptions({
      ...orpc.rules.read.queryOptions({ input: { text } }),
      staleTime: Number.POSITIVE_INFINITY,
      placeholderData: keepPreviousData,
    }),

  /** By what is known of the registry, which is not asked. */
  preview: (given: GivenRules) =>
    queryOptions({
      queryKey: ['cleanup', 'preview', given] as const,
      queryFn: (context) => readPreview(given, context),
      structuralSharing: false,
      staleTime: 0,
      gcTime: 0,
    }),
};

/** Rules that run by themselves, by their ids. */
type Scheduled = ReadonlyMap<string, SavedCleanup>;
const scheduledKey = ['cleanup', 'scheduled'] as const;

/** Read as long as it is looked at: it never ends. */
export const scheduledQuery = queryOptions<Scheduled>({
  queryKey: scheduledKey,
  queryFn: ({ client, signal }) => watchScheduled(client, signal),
  staleTime: 0,
  structuralSharing: false,
});

async function watchScheduled(client: QueryClient, signal: AbortSignal): Promise<Scheduled> {
  const scheduled = new Map<string, SavedCleanup>();
  for await (const saved of await api.cleanup.watch(undefined, { signal })) {
    if (signal.aborted) break;
    scheduled.set(saved.id, saved);
    client.setQueryData<Scheduled>(scheduledKey, new Map(scheduled));
    void client.invalidateQueries({ queryKey: orpc.cleanup.saved.key() });
  }
  return new Map(scheduled);
}

export type Looking = Extract<CleanupPlanning, { kind: 'looking' }>;

/** Makes the plan of a cleanup, telling on the way how far looking is. */
export async function planCleanup(
  input: Parameters<typeof api.cleanup.plan>[0],
  signal: AbortSignal | undefined,
  onLooking: (looking: Looking) => void,
): Promise<CleanupPlan> {
  for await (const step of await api.cleanup.plan(input, signal ? { signal } : {})) {
    if (step.kind === 'plan') return step.plan;
    onLooking(step);
  }
  throw new TypeError('Planning ends with the plan.');
}
