/**
 * The registry engine: the OCI distribution protocol and image formats, without state on disk. Everything outside `engine`
 * imports from here only.
 */
export { headBlob } from './endpoints/blobs.ts';
export { listRepositories } from './endpoints/catalog.ts';
export { type DeletionAbility, probeDeletion } from './endpoints/deletion-probe.ts';
export { deleteManifest, deleteTag, getManifest, headManifest, putManifest } from './endpoints/manifests.ts';
export type { CallOptions } from './endpoints/options.ts';
export type { ListOptions } from './endpoints/pagination.ts';
export { type PingResult, ping } from './endpoints/ping.ts';
export { listReferrers } from './endpoints/referrers.ts';
export { listTags } from './endpoints/tags.ts';
export {
  RegistryError,
  type RegistryErrorCode,
  type RegistryErrorDetails,
  type Side,
} from './errors.ts';
export type { Credentials } from './http/auth.ts';
export type { TlsSettings } from './http/certificates.ts';
export { RegistryClient, type RegistryOptions } from './http/client.ts';
export type { Timeouts } from './http/connection.ts';
export type { RateLimit } from './http/pacing.ts';
export type { ProxySetting } from './http/proxy.ts';
export { checkDigest, digestOf, isDigest } from './model/digest.ts';
export type { HelmChart, HistoryEntry, ImageConfig } from './model/image.ts';
export type { Descriptor, ManifestHead, ManifestKind, RawManifest } from './model/manifest.ts';
export type { Platform } from './model/platform.ts';
export {
  checkRepository,
  checkTag,
  formatReference,
  hostOfRegistry,
  parseReference,
  parseRegistryAddress,
  type Reference,
} from './model/reference.ts';
export {
  type CopyPlanData,
  type CopyProgress,
  type CopyResult,
  type CopySource,
  type CopyTarget,
  type PlannedBlob,
  planCopy,
  planRetag,
  runCopy,
} from './operations/copy.ts';
export { runDeleteStep } from './operations/delete.ts';
export {
  checkDeletionPlan,
  type DeleteStep,
  type DeletionPlanData,
  type PlanProgress,
  planDeletion,
} from './operations/delete-plan.ts';
export {
  describe,
  type ImageContent,
  type ImageDescription,
  type IndexEntry,
  type LayerDescription,
} from './operations/describe.ts';
export {
  type DiagnosisFinding,
  type DiagnosisStep,
  type DiagnosisStepName,
  diagnose,
} from './operations/diagnose.ts';
export { graph, type ManifestGraph } from './operations/graph.ts';
export { clientReader, type ManifestReader } from './operations/reader.ts';
export { summarize, type TagSummary } from './operations/summarize.ts';
export { systemOf } from './systems/index.ts';
export type { Ability, GarbageCollection, System, SystemId } from './systems/system.ts';
