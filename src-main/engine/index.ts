/**
 * The registry engine: the OCI distribution protocol and image formats, without state on disk. Everything outside `engine`
 * imports from here only.
 */

export { BadPatterns, type CompiledRules, compileRules } from './cleanup/compile.ts';
export { decide } from './cleanup/decide.ts';
export type { CleanupContext, Decision, InUse } from './cleanup/types.ts';
export { bytesOfSides } from './comparison/bytes.ts';
export { configRows } from './comparison/config.ts';
export { imageOf, platformsOf } from './comparison/described.ts';
export { FileTree } from './comparison/file-tree.ts';
export { type EntryAt, FileComparison, type KeptRow } from './comparison/files.ts';
export { alignHistory } from './comparison/history.ts';
export type { SideImage } from './comparison/image.ts';
export { alignLayers, isShared } from './comparison/layers.ts';
export { packageRows } from './comparison/packages.ts';
export { type PlatformPair, pairPlatforms } from './comparison/platforms.ts';
export { textHunks } from './comparison/text.ts';
export { alone, judge } from './comparison/verdict.ts';
export { fileError } from './content/file-errors.ts';
export { layoutName, readEngineName } from './content/image-name.ts';
export type { OciFolderTarget } from './content/oci-folder.ts';
export { layoutFolder, listEngineImages, openSource, openTarget, recognise } from './content/open.ts';
export {
  type ContentPlace,
  type ContentReference,
  formatContentReference,
  isContentReference,
  parseContentReference,
} from './content/place.ts';
export { RegistryContent } from './content/registry.ts';
export type { ContentSource, OpenedSource } from './content/source.ts';
export { BLOCK, padded, writeEntryHeader } from './content/tar-header.ts';
export type { BeforeTag, ContentTarget } from './content/target.ts';
export { collectedAmong } from './deletion/collected.ts';
export { needsOf, type Parts, partsOf } from './deletion/missing-blobs.ts';
export { replacedBy, sweepPlaceholder } from './deletion/placeholders.ts';
export { type DeletionPlanData, planDeletion } from './deletion/plan.ts';
export type { Report } from './deletion/report.ts';
export { groupSteps, runDeleteSteps } from './deletion/run.ts';
export type { SeenHeads } from './deletion/snapshot.ts';
export type { DeleteOutcome, DeleteStep } from './deletion/step.ts';
export { type KnownTags, TagWatch } from './deletion/tag-watch.ts';
export { waysAlone } from './deletion/way.ts';
export { streamBlob } from './endpoints/blobs.ts';
export { type DeletionAbility, probeDeletion } from './endpoints/deletion-probe.ts';
export { lookAt } from './endpoints/look.ts';
export { deleteManifest, deleteTag, getManifest, headManifest } from './endpoints/manifests.ts';
export { putManifest } from './endpoints/put-manifest.ts';
export { listReferrers } from './endpoints/referrers.ts';
export { listTags, listTagsIfAny } from './endpoints/tags.ts';
export { uploadBlob } from './endpoints/uploads.ts';
export { COMMON_FAILURES, CONNECTION_FAILURES, orMissing, RegistryError } from './errors.ts';
export { forEachLimit } from './for-each-limit.ts';
export type { TlsSettings } from './http/certificates.ts';
export { RegistryClient } from './http/client.ts';
export type { Credentials } from './http/credentials.ts';
export type { ReadCredentials } from './http/held-credentials.ts';
export type { RegistryOptions, TracedExchange } from './http/options.ts';
export { proxyUser, readProxy } from './http/proxy.ts';
export type { LayerBlob } from './layers/blob.ts';
export { LayerChanges } from './layers/changes.ts';
export type { ContentSink, LayerEntry } from './layers/entry.ts';
export { type FilePiece, fileInLayer, filesInLayer } from './layers/file-content.ts';
export { Growing } from './layers/growing.ts';
export { linkedFile } from './layers/hard-links.ts';
export { type MergedNode, MergedTree } from './layers/merged.ts';
export { type LayerContents, readLayer } from './layers/read-layer.ts';
export { movedFiles, settle, settledTrees } from './layers/settle.ts';
export { inSlices } from './layers/slices.ts';
export { DirectorySums, type Sum } from './layers/sums.ts';
export { listedFile } from './layers/toc-file.ts';
export { type FileOrigin, LayerTree } from './layers/tree.ts';
export { readTree, writeTree } from './layers/tree-file.ts';
export { type Waste, wasteOf } from './layers/wasted.ts';
export { isAttachedTag, subjectOfTag } from './model/attached-tags.ts';
export { checkDigest, digestOf, isDigest, isDigestOf } from './model/digest.ts';
export { factsOf, type ManifestFacts } from './model/facts.ts';
export { parseImageConfig } from './model/image.ts';
export {
  type Descriptor,
  type ManifestHead,
  parseManifest,
  type RawManifest,
  sniffMediaType,
} from './model/manifest.ts';
export { isSchema1Type, OCI_CONFIG } from './model/media-types.ts';
export { isSamePlatform, type Platform, parsePlatform } from './model/platform.ts';
export {
  checkRepository,
  checkTag,
  formatReference,
  hostOfRegistry,
  isRepository,
  parseReference,
  parseRegistryAddress,
  type Reference,
} from './model/reference.ts';
export type { TagSummary } from './model/summary.ts';
export { isVouchedFor } from './model/vouch.ts';
export { PackageFinder } from './packages/finder.ts';
export { FINDINGS_VERSION, readFindings, writeFindings } from './packages/findings-file.ts';
export { isHidden } from './packages/hidden.ts';
export { type JoinedLayer, joinFindings } from './packages/join.ts';
export { type AttachedSboms, readAttachedSboms } from './packages/sbom/attached.ts';
export { writeCycloneDx } from './packages/sbom/write-cyclonedx.ts';
export { writeSpdx } from './packages/sbom/write-spdx.ts';
export { compareVersions } from './packages/versions/order.ts';
export { askedPackage, isWithin } from './packages/versions/range.ts';
export type { CollectionRun, GarbageCollector, ListedArtifact } from './product/abilities.ts';
export type { JobItem, JobRun, Jobs } from './product/jobs.ts';
export type { ReplicationDifference, Replicator } from './product/replicator.ts';
export type { MadeSecret, Resource, Resources } from './product/resources.ts';
export type { ScanOverview } from './product/said.ts';
export { describe } from './reading/describe.ts';
export { type DiagnosisStep, diagnose } from './reading/diagnose.ts';
export { graph } from './reading/graph.ts';
export {
  foundByProduct,
  isImmutable,
  listedByProduct,
  listUntagged,
  summaryOfListed,
} from './reading/listed.ts';
export { clientReader, headOfNamed, type ManifestReader, type SummaryStore } from './reading/reader.ts';
export { summarize } from './reading/summarize.ts';
export { redact } from './redact.ts';
export { byHost } from './registry/identify.ts';
export { ping } from './registry/ping.ts';
export {
  consequencesOf,
  deletionOf,
  deletionSources,
  listsReferrers,
  pullsLeft,
  takesWrites,
  whyNotWritten,
} from './registry/policy.ts';
export { Identification, type Registry } from './registry/registry.ts';
export { listRepositories } from './registry/repositories.ts';
export { Scanner } from './scan/scanner.ts';
export type { Known as ScanKnown, KnownTag, Notes as ScanNotes } from './scan/types.ts';
export { type CollectionOutput, readCollectionOutput } from './systems/distribution/collection-output.ts';
export { systemIdOf } from './systems/index.ts';
export { leftOutOf } from './transfer/foreign-layers.ts';
export { narrowPlan } from './transfer/narrow.ts';
export { planTransfer } from './transfer/plan.ts';
export { TransferProgress, type TransferSnapshot } from './transfer/progress.ts';
export { type ItemOutcome, runTransfer, type UploadSessions } from './transfer/run.ts';
export type {
  BlobTask,
  PlatformChoice,
  TransferItem,
  TransferPlan,
  TransferRequest,
} from './transfer/types.ts';
export { type AttachedManifest, attachedKindOf, readAttached } from './trust/attached.ts';
export { Turns } from './turns.ts';
export type { PlanningPhase } from './vocabulary/deletion.ts';
export type { RegistryErrorCode } from './vocabulary/errors.ts';
