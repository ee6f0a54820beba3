import type { Permission } from '../resource-kinds.ts';
import type { CollectionRunState } from '../vocabulary/collection.ts';
import type { PUBLIC_MARKS, Statistic } from '../vocabulary/registry-facts.ts';
import type { ScanType, Severity } from '../vocabulary/scanning.ts';
import type { ResourcePlace } from './resources.ts';

/** What a registry says of itself. */
export interface RegistrySelf {
  readonly version?: string;
  /** Parts that it consists of. */
  readonly health: readonly { readonly name: string; readonly healthy: boolean; readonly reason?: string }[];
  readonly statistics: { readonly [S in Statistic]?: number };
  /** It takes no writes at present. */
  readonly readOnly?: boolean;
  /** What could not be read, by its request. */
  readonly unread: readonly string[];
}

export interface SelfDescription {
  /** @throws {RegistryError} where nothing could be read at all */
  describe(signal: AbortSignal | undefined): Promise<RegistrySelf>;
}

/** How an artifact's scan stands, and what it has found. */
export interface ScanOverview {
  readonly type: ScanType;
  readonly state: CollectionRunState | 'none';
  readonly scanner?: string;
  readonly ended?: string;
  readonly counts: { readonly [S in Severity]?: number };
  readonly total?: number;
  readonly fixable?: number;
}

export interface Finding {
  readonly id: string;
  readonly package: string;
  readonly version: string;
  /** Absent: none is known. */
  readonly fixed?: string;
  readonly severity: Severity;
  readonly description?: string;
  readonly links: readonly string[];
  /** CVSS, version 3. */
  readonly score?: number;
  /** A list of known findings lets it pass, now and here. */
  readonly allowed?: true;
}

/** What a registry's scanner says of artifacts. */
export interface ScanReports {
  readonly types: readonly ScanType[];
  mayStart(repository: string, type: ScanType, signal: AbortSignal | undefined): Promise<Permission>;
  /** One for each type. @throws {RegistryError} */
  overview(
    repository: string,
    digest: string,
    signal: AbortSignal | undefined,
  ): Promise<readonly ScanOverview[]>;
  /** @throws {RegistryError} `notFound` where it was not scanned */
  findings(repository: string, digest: string, signal: AbortSignal | undefined): Promise<readonly Finding[]>;
  start(repository: string, digest: string, type: ScanType, signal: AbortSignal | undefined): Promise<void>;
  stop(repository: string, digest: string, type: ScanType, signal: AbortSignal | undefined): Promise<void>;
}

/** What a registry notes of an artifact beside what it is. */
interface ArtifactNote {
  readonly digest: string;
  readonly labels: readonly string[];
  /** Of its vulnerabilities. */
  readonly scan?: ScanOverview;
}

export interface ArtifactNotes {
  /** Of a repository's artifacts, page by page. @throws {RegistryError} */
  list(repository: string, signal: AbortSignal | undefined): AsyncGenerator<readonly ArtifactNote[]>;
}

/** Who stands behind a public image, as its registry marks it. */
type PublicMark = (typeof PUBLIC_MARKS)[number];

/** A public repository that words found. */
export interface FoundPublic {
  readonly name: string;
  /** Absent: anybody. */
  readonly mark?: PublicMark;
  readonly description?: string;
  readonly stars?: number;
  /** As the registry rounds it: `10M+`. */
  readonly pulls?: string;
  readonly updated?: string;
  readonly architectures: readonly string[];
  readonly archived: boolean;
}

export interface PublicSearch {
  /** The best match first: a bounded number, of so many in all. @throws {RegistryError} */
  find(
    query: string,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly total: number; readonly results: readonly FoundPublic[] }>;
}

/** An entry of a product's own log of who did what; words are the product's. */
export interface ProductAuditEntry {
  readonly id: string;
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly kind: string;
  readonly name: string;
  /** Absent where it does not say. */
  readonly done?: boolean;
}

export interface ProductAudit {
  /** The latest first, page by page. @throws {RegistryError} */
  list(place: ResourcePlace, signal: AbortSignal | undefined): AsyncGenerator<readonly ProductAuditEntry[]>;
}
