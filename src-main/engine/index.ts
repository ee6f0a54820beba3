/**
 * The registry engine: the OCI distribution protocol and image formats, without state on disk. Everything outside `engine`
 * imports from here only.
 */
import type { RegistryError } from './errors.ts';
import type { Platform } from './model/platform.ts';

export type { RegistryErrorCode, RegistryErrorDetails, Side } from './errors.ts';
export { RegistryError } from './errors.ts';
export type { Platform } from './model/platform.ts';

export interface CallOptions {
  signal?: AbortSignal | undefined;
}

// model ---------------------------------------------------------------------------------------------------------------
export interface Reference {
  /** `host[:port]`; `docker.io` for Docker Hub. */
  host: string;
  repository: string;
  tag?: string;
  digest?: string;
}
export declare function parseReference(text: string): Reference;
export declare function formatReference(reference: Reference): string;
export declare function checkRepository(text: string): string;
export declare function checkTag(text: string): string;
export declare function checkDigest(text: string): string;
export declare function isDigest(text: string): boolean;
export declare function digestOf(bytes: Uint8Array): string;
/** `https://host[:port]`, `http://…` or a bare host (http for localhost, else https) → origin. Throws `invalidAddress`. */
export declare function parseRegistryAddress(text: string, options?: { plainHttp?: boolean }): URL;
/** `host[:port]` as it stands in references: `docker.io` for Docker Hub's API hosts. */
export declare function hostOfRegistry(url: URL): string;

export interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
  urls?: readonly string[];
  annotations?: Readonly<Record<string, string>>;
  platform?: Platform;
  artifactType?: string;
}
/** Immutable; never re-encoded. */
export interface RawManifest {
  digest: string;
  mediaType: string;
  bytes: Uint8Array;
}
export interface ManifestHead {
  digest: string;
  mediaType: string;
  size: number;
}
export type ManifestKind =
  | 'image'
  | 'index'
  | 'artifact'
  | 'helmChart'
  | 'attestation'
  | 'schema1'
  | 'unknown';

// client --------------------------------------------------------------------------------------------------------------
export type Credentials =
  | { kind: 'password'; username: string; password: string }
  | { kind: 'identityToken'; token: string };
export interface TlsSettings {
  verify: boolean;
  authorities?: string;
  clientCertificate?: string;
  clientKey?: string;
  clientKeyPassphrase?: string;
}
export type ProxySetting = { kind: 'system' } | { kind: 'none' } | { kind: 'url'; url: string };
/** Milliseconds. */
export interface Timeouts {
  connect: number;
  headers: number;
  body: number;
}
export interface RegistryOptions {
  /** Origin only. */
  url: string;
  credentials?: Credentials;
  tls?: TlsSettings;
  proxy?: ProxySetting;
  approvedHosts?: readonly string[];
  requestConcurrency?: number;
  timeouts?: Partial<Timeouts>;
  userAgent?: string;
  /** Where `proxy: system` reads HTTPS_PROXY, HTTP_PROXY and NO_PROXY; `process.env` if absent. */
  environment?: Readonly<Record<string, string | undefined>>;
}
export interface RateLimit {
  limit: number;
  remaining: number;
  windowSeconds: number;
}
export declare class RegistryClient {
  constructor(options: RegistryOptions);
  readonly url: URL;
  readonly host: string;
  rateLimit(): RateLimit | undefined;
  authScheme(): 'anonymous' | 'basic' | 'token';
  close(): Promise<void>;
}

// endpoints -----------------------------------------------------------------------------------------------------------
export type SystemId =
  | 'distribution'
  | 'harbor'
  | 'nexus'
  | 'dockerHub'
  | 'ghcr'
  | 'gitlab'
  | 'quay'
  | 'ecr'
  | 'acr'
  | 'gar'
  | 'artifactory'
  | 'gitea'
  | 'zot'
  | 'wharfinger'
  | 'generic';
export type GarbageCollection = 'offline' | 'online' | 'automatic' | 'unknown';
export type Ability = 'yes' | 'no' | 'unknown';
export interface PingResult {
  version?: string;
  system: SystemId;
  milliseconds: number;
}
export declare function ping(client: RegistryClient, options?: CallOptions): Promise<PingResult>;
export interface ListOptions extends CallOptions {
  pageSize?: number;
}
export declare function listRepositories(
  client: RegistryClient,
  options?: ListOptions,
): AsyncGenerator<readonly string[]>;
export declare function listTags(
  client: RegistryClient,
  repository: string,
  options?: ListOptions,
): AsyncGenerator<readonly string[]>;
export declare function headManifest(
  client: RegistryClient,
  repository: string,
  reference: string,
  options?: CallOptions,
): Promise<ManifestHead>;
export declare function getManifest(
  client: RegistryClient,
  repository: string,
  reference: string,
  options?: CallOptions,
): Promise<RawManifest>;
/** Writes it under a tag, or under its digest when `reference` is the digest. */
export declare function putManifest(
  client: RegistryClient,
  repository: string,
  reference: string,
  manifest: RawManifest,
  options?: CallOptions,
): Promise<void>;
export declare function deleteManifest(
  client: RegistryClient,
  repository: string,
  digest: string,
  options?: CallOptions,
): Promise<void>;
export declare function deleteTag(
  client: RegistryClient,
  repository: string,
  tag: string,
  options?: CallOptions,
): Promise<void>;
export declare function listReferrers(
  client: RegistryClient,
  repository: string,
  digest: string,
  options?: CallOptions & { artifactType?: string },
): Promise<readonly Descriptor[]>;
export interface DeletionAbility {
  digest: Ability | 'denied';
  tag: Ability;
}
export declare function probeDeletion(
  client: RegistryClient,
  repository: string | undefined,
  options?: CallOptions,
): Promise<DeletionAbility>;

// systems -------------------------------------------------------------------------------------------------------------
export interface System {
  readonly id: SystemId;
  /** A tag can be deleted and the manifest kept. */
  readonly deletesTagAlone: Ability;
  readonly garbageCollection: GarbageCollection;
  readonly lists: Ability;
  readonly referrers: Ability;
}
export declare function systemOf(id: SystemId): System;

// diagnosis -----------------------------------------------------------------------------------------------------------
export type DiagnosisStepName = 'reach' | 'tls' | 'protocol' | 'signIn' | 'list' | 'delete';
export type DiagnosisFinding =
  | 'catalogForbidden'
  | 'catalogMissing'
  | 'deleteDisabled'
  | 'deleteDenied'
  | 'deleteUnknown'
  | 'notNeeded'
  | 'unverified';
export interface DiagnosisStep {
  step: DiagnosisStepName;
  status: 'running' | 'passed' | 'warning' | 'failed' | 'skipped';
  finding?: DiagnosisFinding;
  failure?: RegistryError;
  milliseconds?: number;
  detail?: string;
}
export declare function diagnose(
  options: RegistryOptions,
  call?: CallOptions & { repository?: string },
): AsyncGenerator<DiagnosisStep>;

// operations ----------------------------------------------------------------------------------------------------------
/** Where manifests and configs come from: the registry itself or, in services, a cache before it. */
export interface ManifestReader {
  head(repository: string, reference: string, signal?: AbortSignal): Promise<ManifestHead>;
  get(repository: string, digestOrTag: string, signal?: AbortSignal): Promise<RawManifest>;
  /** A small JSON blob (a config); verified. */
  blob(repository: string, descriptor: Descriptor, signal?: AbortSignal): Promise<Uint8Array>;
}
export declare function clientReader(client: RegistryClient): ManifestReader;

export interface TagSummary {
  digest: string;
  mediaType: string;
  kind: ManifestKind;
  size: number;
  created?: string;
  platforms: readonly Platform[];
  artifactType?: string;
  attested: boolean;
}
export declare function summarize(
  reader: ManifestReader,
  repository: string,
  head: ManifestHead,
  options?: CallOptions,
): Promise<TagSummary>;

type Annotations = Readonly<Record<string, string>>;
export interface LayerDescription {
  digest: string;
  size: number;
  mediaType: string;
  createdBy?: string;
  created?: string;
  foreign: boolean;
  annotations: Annotations;
}
export interface HistoryEntry {
  createdBy?: string;
  created?: string;
  comment?: string;
  layer?: number;
}
export interface ImageConfig {
  created?: string;
  author?: string;
  platform: Platform;
  user?: string;
  workingDir?: string;
  entrypoint: readonly string[];
  command: readonly string[];
  environment: readonly string[];
  exposedPorts: readonly string[];
  volumes: readonly string[];
  labels: Annotations;
  stopSignal?: string;
  healthcheck: readonly string[];
  history: readonly HistoryEntry[];
  diffIds: readonly string[];
}
export interface IndexEntry {
  digest: string;
  mediaType: string;
  size: number;
  kind: ManifestKind;
  platform?: Platform;
  artifactType?: string;
  attests?: string;
  annotations: Annotations;
}
export interface HelmChart {
  name: string;
  version: string;
  appVersion?: string;
  description?: string;
  home?: string;
  keywords: readonly string[];
  maintainers: readonly string[];
}
export type ImageContent =
  | {
      kind: 'image';
      config: ImageConfig & { digest: string; size: number };
      layers: readonly LayerDescription[];
    }
  | { kind: 'index'; entries: readonly IndexEntry[] }
  | { kind: 'artifact'; artifactType: string; blobs: readonly LayerDescription[]; subject?: string }
  | { kind: 'helmChart'; chart: HelmChart; blobs: readonly LayerDescription[] }
  | {
      kind: 'attestation';
      attests?: string;
      statements: readonly { digest: string; size: number; predicateType: string }[];
    }
  | {
      kind: 'schema1';
      name: string;
      tag: string;
      architecture: string;
      layers: readonly { digest: string; createdBy?: string }[];
    }
  | { kind: 'unknown' };
export interface ImageDescription {
  reference: string;
  digest: string;
  mediaType: string;
  size: number;
  created?: string;
  annotations: Annotations;
  /** The manifest's text, byte for byte. */
  raw: string;
  platforms: readonly Platform[];
  content: ImageContent;
}
export declare function describe(
  reader: ManifestReader,
  repository: string,
  reference: string,
  options?: CallOptions,
): Promise<ImageDescription>;

export interface ManifestGraph {
  root: RawManifest;
  /** Children before parents; the root is last. Each digest once. */
  manifests: readonly RawManifest[];
  /** Configs and layers, each digest once. */
  blobs: readonly Descriptor[];
}
export declare function graph(
  reader: ManifestReader,
  repository: string,
  root: RawManifest,
  options?: CallOptions,
): Promise<ManifestGraph>;

export type DeleteStep =
  | { kind: 'deleteTag'; tag: string; digest: string }
  | { kind: 'deleteManifest'; digest: string; tags: readonly string[] };
export interface DeletionPlanData {
  repository: string;
  asked: readonly string[];
  tagsAlone: readonly { tag: string; digest: string; siblings: readonly string[] }[];
  manifests: readonly {
    digest: string;
    tags: readonly string[];
    indexes: readonly { digest: string; tags: readonly string[] }[];
    referrers: readonly { digest: string; artifactType: string }[];
  }[];
  alsoRemoved: readonly string[];
  needsConsent: boolean;
  bytesFreed: number;
  garbageCollection: GarbageCollection;
  steps: readonly DeleteStep[];
}
export interface PlanProgress {
  phase: 'tags' | 'manifests' | 'referrers';
  done: number;
  total: number;
}
export declare function planDeletion(
  client: RegistryClient,
  reader: ManifestReader,
  repository: string,
  tags: readonly string[],
  options?: CallOptions & { onProgress?: (progress: PlanProgress) => void },
): Promise<DeletionPlanData>;
/** `gone` where it was deleted already. Throws `conflict` where the tag moved since the plan. */
export declare function runDeleteStep(
  client: RegistryClient,
  repository: string,
  step: DeleteStep,
  options?: CallOptions,
): Promise<'deleted' | 'gone'>;

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
export interface PlannedBlob {
  descriptor: Descriptor;
  state: 'present' | 'mount' | 'send';
  /** Repository of the target registry to mount from. */
  from?: string;
}
export interface CopyPlanData {
  source: CopySource;
  target: CopyTarget;
  root: RawManifest;
  /** Children before parents, the root last; those the target has already are left out, the root never is. */
  manifestsBottomUp: readonly RawManifest[];
  blobs: readonly PlannedBlob[];
  /** What the target tag points at now. */
  replaces?: string;
  unchanged: boolean;
}
export declare function planCopy(
  source: CopySource,
  target: CopyTarget,
  sameRegistry: boolean,
  options?: CallOptions,
): Promise<CopyPlanData>;
/** A whole snapshot. Bytes of blobs; `sent` grows while a blob is on its way. */
export interface CopyProgress {
  phase: 'blobs' | 'manifests' | 'done';
  blobs: { done: number; total: number };
  manifests: { done: number; total: number };
  bytesTotal: number;
  bytesSent: number;
  bytesMounted: number;
  bytesPresent: number;
}
export interface CopyResult {
  digest: string;
  bytesSent: number;
  bytesMounted: number;
  bytesPresent: number;
  seconds: number;
}
export declare function runCopy(
  plan: CopyPlanData,
  options?: CallOptions & { report?: (progress: CopyProgress) => void; concurrency?: number },
): Promise<CopyResult>;
/** A retag is a copy within one repository: no blob moves, the manifest's bytes are kept. */
export declare function planRetag(
  side: CopySource,
  tag: string,
  options?: CallOptions,
): Promise<CopyPlanData>;
