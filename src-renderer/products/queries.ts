import { queryOptions } from '@tanstack/react-query';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import type { Resource } from '../../src-main/common/product.ts';
import type { ArtifactNote, ProductAuditEntry } from '../../src-main/common/product-said.ts';
import type { ResourceKind } from '../../src-main/engine/resource-kinds.ts';
import { api, orpc } from '../api.ts';
import { type ListCollector, readStreamedList, streamedListOptions } from '../lists/streamed-query.ts';

interface Listed<Row> {
  readonly rows: readonly Row[];
  readonly complete: boolean;
}

class Collector<Row> implements ListCollector<readonly Row[], Listed<Row>> {
  #rows: Row[] = [];

  add(page: readonly Row[]): void {
    this.#rows = [...this.#rows, ...page];
  }

  snapshot(): Listed<Row> {
    return { rows: this.#rows, complete: true };
  }
}

/** Under the key of all that products say, so that what changes make new is read again. */
const listKey = (what: string, accountId: string, project: string | undefined) => [
  ...orpc.products.key(),
  { what, accountId, project: project ?? null },
];

const within = (project: string | undefined) => (project === undefined ? {} : { project });

export const productQueries = {
  managed: (accountId: string) => orpc.products.managed.queryOptions({ input: { accountId } }),

  /** All of a kind, at a registry or in a project of it. */
  resources: (accountId: string, kind: ResourceKind, project?: string) =>
    queryOptions<Listed<Resource>>({
      ...streamedListOptions,
      queryKey: listKey(kind, accountId, project),
      queryFn: (context) =>
        readStreamedList(
          context,
          (signal) => api.products.resources({ accountId, kind, ...within(project) }, { signal }),
          new Collector<Resource>(),
        ),
    }),

  form: (accountId: string, kind: ResourceKind, project?: string) =>
    orpc.products.form.queryOptions({ input: { accountId, kind, ...within(project) } }),

  audit: (accountId: string, project?: string) =>
    queryOptions<Listed<ProductAuditEntry>>({
      ...streamedListOptions,
      queryKey: listKey('audit', accountId, project),
      queryFn: (context) =>
        readStreamedList(
          context,
          (signal) => api.products.audit({ accountId, ...within(project) }, { signal }),
          new Collector<ProductAuditEntry>(),
        ),
    }),

  /** What the registry notes of a repository's artifacts. */
  notes: ({ accountId, repository }: RepositoryPlace) =>
    queryOptions<Listed<ArtifactNote>>({
      ...streamedListOptions,
      queryKey: listKey(`notes ${repository}`, accountId, undefined),
      queryFn: (context) =>
        readStreamedList(
          context,
          (signal) => api.products.notes({ accountId, repository }, { signal }),
          new Collector<ArtifactNote>(),
        ),
    }),
};
