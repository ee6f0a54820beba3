/**
 * The closed lists of words that the engine and everything above it share. Constants without imports, so that any layer and any
 * process may read them.
 */

/** Registry products that are known apart; `generic` speaks the distribution protocol and nothing else is known of it. */
export const SYSTEMS = [
  'distribution',
  'harbor',
  'nexus',
  'dockerHub',
  'ghcr',
  'gitlab',
  'quay',
  'ecr',
  'acr',
  'gar',
  'artifactory',
  'gitea',
  'zot',
  'wharfinger',
  'generic',
] as const;
export type SystemId = (typeof SYSTEMS)[number];

/** Host names, without port, that show by themselves which product is there. */
export const PRODUCT_HOSTS = {
  dockerHub: /^docker\.io$/,
  ghcr: /^ghcr\.io$/,
  gitlab: /^registry\.gitlab\.com$/,
  quay: /^quay\.io$/,
  ecr: /^public\.ecr\.aws$|(?:^|\.)dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/,
  acr: /\.azurecr\.(?:io|cn|us)$/,
  gar: /-docker\.pkg\.dev$|^(?:[a-z]+\.)?gcr\.io$/,
  artifactory: /\.jfrog\.io$/,
} as const satisfies Partial<Record<SystemId, RegExp>>;

/** Names of Docker Hub's registry; references say the first of them. */
export const DOCKER_HUB_HOSTS: readonly string[] = [
  'docker.io',
  'registry-1.docker.io',
  'index.docker.io',
  'registry.hub.docker.com',
];

/** What a registry lets us do; `unknown` where only doing it shows, because it depends on version or configuration. */
export const ABILITIES = ['yes', 'no', 'unknown'] as const;
export type Ability = (typeof ABILITIES)[number];

/**
 * Whether a registry takes writes at all, whoever asks. `cache`: it is filled from another registry by what is pulled; `readOnly`: who
 * runs it has turned writes off.
 */
const WRITE_STATES = ['yes', 'cache', 'readOnly', 'unknown'] as const;
export type WriteState = (typeof WRITE_STATES)[number];

/** Why a registry takes no writes. */
export const WRITE_REFUSALS = ['cache', 'readOnly'] as const satisfies readonly WriteState[];

/** Where it is known from what a registry lets us do: its product's own API does it, it was asked, or it is so of its product. */
export const ABILITY_SOURCES = ['api', 'asked', 'product'] as const;
export type AbilitySource = (typeof ABILITY_SOURCES)[number];

/** When deleted content frees its bytes: by a run while stopped, by a run while serving, by itself. */
export const GARBAGE_COLLECTIONS = ['offline', 'online', 'automatic', 'unknown'] as const;
export type GarbageCollection = (typeof GARBAGE_COLLECTIONS)[number];

/** How this app helps: it runs the collection by an API, writes the commands for who is on the registry's host, or can only say what happens. */
export const COLLECTION_WAYS = ['api', 'commands', 'none'] as const;
export type CollectionWay = (typeof COLLECTION_WAYS)[number];

/** What brings back the bytes of what was deleted: one after the other where a product needs several. */
export const COLLECTION_STEPS = [
  /** The embedded registry's, which this app runs. */
  'localCollection',
  /** `registry garbage-collect`, by who administers the host. */
  'garbageCollect',
  /** Harbor's, by hand or by its schedule. */
  'harborCollection',
  /** Nexus' task "Docker - Delete unused manifests and images". */
  'nexusUnused',
  /** Nexus' task "Admin - Compact blob store". */
  'nexusCompact',
  /** GitLab with its metadata database, as on GitLab.com: by itself, a day later. */
  'gitlabOnline',
  /** GitLab without it: `gitlab-ctl registry-garbage-collect`. */
  'gitlabCommand',
  /** Quay keeps deleted tags for its time machine. */
  'quayTimeMachine',
  /** Quay's worker, soon after. */
  'quayWorker',
  /** Artifactory's, every four hours unless it is set otherwise. */
  'artifactoryCollection',
  /** Gitea's cron job for packages, at midnight. */
  'giteaCleanup',
  /** zot's, an hour after the deletion unless it is set otherwise. */
  'zotCollection',
  /** The provider's own business. */
  'provider',
] as const;
export type CollectionStep = (typeof COLLECTION_STEPS)[number];

/** How a registry is run on its host. */
export const COLLECTION_FORMS = ['docker', 'compose', 'kubernetes', 'systemd'] as const;
export type CollectionForm = (typeof COLLECTION_FORMS)[number];

/** How a collection stands that a product runs itself. */
export const COLLECTION_RUN_STATES = ['waiting', 'running', 'done', 'failed', 'stopped'] as const;
export type CollectionRunState = (typeof COLLECTION_RUN_STATES)[number];

/** Where it is seen that bytes came back, or which would. */
export const COLLECTION_SIGHTS = [
  /** A dry run names what would go. */
  'dryRun',
  /** Each run says what it has freed. */
  'runs',
  /** The size of its storage, before and after. */
  'storage',
  /** The usage that the product shows, some time later. */
  'usage',
] as const;
export type CollectionSight = (typeof COLLECTION_SIGHTS)[number];

/** What to know before a collection is run. */
export const COLLECTION_CAUTIONS = [
  /** Nothing may be pushed meanwhile: what a push has sent and not named yet goes. */
  'readOnly',
  /** All its instances on the same storage stand still, or read only. */
  'allInstances',
  /** It believes in layers that are gone until it is started again. */
  'restart',
  /** `--delete-untagged` of distribution 2 takes the images of indexes that have a tag. */
  'untaggedChildren',
  /** `--delete-untagged` takes signatures, SBOMs and attestations that have no tag, of either version. */
  'untaggedReferrers',
  /** What was pushed within the last two hours stays. */
  'recentStays',
  /** What was deleted within the last day stays. */
  'dayStays',
  /** Only its administrators may. */
  'administrator',
] as const;
export type CollectionCaution = (typeof COLLECTION_CAUTIONS)[number];

/** How requests to a registry are signed in. */
export const AUTH_SCHEMES = ['anonymous', 'basic', 'token'] as const;
export type AuthScheme = (typeof AUTH_SCHEMES)[number];

/** How one tag of several on a digest goes: by its name, or by a placeholder that is put under it and deleted by digest. */
export const WAYS_ALONE = ['name', 'placeholder'] as const;
export type AloneBy = (typeof WAYS_ALONE)[number];

/** What planning a deletion looks at, in this order: the repository's tags, what they hold, what is attached to what goes. */
export const PLANNING_PHASES = ['tags', 'contents', 'attached'] as const;
export type PlanningPhase = (typeof PLANNING_PHASES)[number];

/**
 * Dates by which cleanup rules rank and measure age: of the image itself; when the product saw it arrive, and when it last saw it
 * pulled.
 */
export const CLEANUP_DATES = ['created', 'pushed', 'pulled'] as const;
export type CleanupDate = (typeof CLEANUP_DATES)[number];

/** What a cleanup rule may ask of a tag and not be told: a date, what is in use, what an image holds, whether a subject is there. */
export const CLEANUP_FACTS = [...CLEANUP_DATES, 'inUse', 'contents', 'subject'] as const;
export type CleanupFact = (typeof CLEANUP_FACTS)[number];

/** Why cleanup rules leave or take a tag or a manifest. */
export const CLEANUP_REASONS = [
  'protected',
  'kept',
  'deleted',
  /** No rule is about it: it stays. */
  'unmatched',
  /** A rule asks for what is not known: it stays. */
  'unknown',
  /** It was to go, and stays with what stays: another tag is on its digest, or an index contains it. */
  'needed',
  /** It stays or goes with what it is attached to, or is contained in. */
  'attached',
] as const;
export type CleanupReason = (typeof CLEANUP_REASONS)[number];

/** What is wrong with a file of cleanup rules. */
export const RULE_PROBLEMS = [
  /** It is no YAML. */
  'syntax',
  'unknownKey',
  'missing',
  'wrongType',
  /** Another of the values that there are; a number out of its bounds; too long a text. */
  'wrongValue',
  'duration',
  'pattern',
  'regex',
  /** Two of a name. */
  'duplicate',
  /** An entry without a condition would mean everything. */
  'noCondition',
  /** Conditions that cannot be in one entry. */
  'together',
  /** `by` without a condition of dates. */
  'byAlone',
] as const;
export type RuleProblemCode = (typeof RULE_PROBLEMS)[number];

/** What a manifest is to the user, known by its media types and never by its name. */
export const MANIFEST_KINDS = [
  'image',
  'index',
  'artifact',
  'helmChart',
  'attestation',
  /** Layers that BuildKit keeps for later builds: nothing that runs. */
  'buildCache',
  'schema1',
  'unknown',
  /** Its digest is right and what it says is not what a manifest of its media type says. */
  'unreadable',
] as const;
export type ManifestKind = (typeof MANIFEST_KINDS)[number];

/** What an entry of an index is: `blob` for one that is no manifest and cannot be opened as one. */
export const ENTRY_KINDS = [...MANIFEST_KINDS, 'blob'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** Sides of a two-sided piece of work (a copy). */
export const SIDES = ['source', 'target'] as const;
export type Side = (typeof SIDES)[number];

/**
 * What a transfer finds of one tag. `same`: there already; `kept`: the target has the tag with other content, and only new tags were
 * asked for; `refused`: it cannot be copied.
 */
export const VERDICTS = ['new', 'changed', 'same', 'kept', 'refused'] as const;
export type Verdict = (typeof VERDICTS)[number];

/**
 * What becomes of an index that loses platforms. `sparse`: it keeps its digest and names images that are not there, which
 * registries may refuse; `rewritten`: it gets another digest, and signatures of the whole index do not fit it.
 */
export const INDEX_FORMS = ['sparse', 'rewritten'] as const;
export type IndexForm = (typeof INDEX_FORMS)[number];

/** The steps of a connection test, in order; a step after a failed one is `skipped`. */
export const DIAGNOSIS_STEPS = ['reach', 'tls', 'protocol', 'signIn', 'list', 'delete'] as const;
export type DiagnosisStepName = (typeof DIAGNOSIS_STEPS)[number];

export const DIAGNOSIS_STATES = ['running', 'passed', 'warning', 'failed', 'skipped'] as const;
export type DiagnosisState = (typeof DIAGNOSIS_STATES)[number];

/** What a connection test found out of one step. */
export const DIAGNOSIS_FINDINGS = [
  /** The account may not list: repositories can be added by name. */
  'catalogForbidden',
  /** The registry has no list. */
  'catalogMissing',
  'deleteDisabled',
  'deleteDenied',
  'deleteUnknown',
  /** A sign-in is asked for, and none was given. */
  'signInNeeded',
  /** The password is right, and the registry does not accept the tokens that it gives out for it. */
  'tokensRefused',
  /** A robot account is refused: it has ended, was disabled, or has another secret by now. */
  'robotRefused',
  /** Nobody who is not signed in gets anything from this server. */
  'anonymousOff',
  /** The server lets anybody look around, and gives images to those only who are signed in. */
  'anonymousPullOff',
  /** The port speaks plain http, and https was spoken to it. */
  'speaksPlain',
  /** The port speaks https, and plain http was spoken to it. */
  'speaksTls',
  /** Plain http, or no sign-in asked for. */
  'notNeeded',
  /** A sign-in was given that the registry does not ask for, so that it is unknown whether it is right. */
  'signInUnproven',
  /** The certificate was not checked, as the user wished. */
  'unverified',
] as const;
export type DiagnosisFinding = (typeof DIAGNOSIS_FINDINGS)[number];

/** Fewest bytes of a blob that can be chosen for one request: of fewer, asking takes longer than sending. */
export const UPLOAD_CHUNK_MIN = 100_000;

/** What is odd about a layer whose content can be shown all the same. */
export const LAYER_WARNINGS = [
  /** The config names another digest of the layer without its compression. */
  'diffId',
  /** Entries were left out: their paths lead out of the image, are none, or are longer than any system takes. */
  'oddPaths',
  /** Paths begin with a slash; they are taken without it. */
  'absolutePaths',
  /** Entries of a kind that no file system has were left out. */
  'unknownTypes',
  /** The archive ends without its mark: something may be missing. */
  'noEnd',
  /** The config names another number of layers: nothing that it says can be checked. */
  'configApart',
  /** No digest of its table of contents is known: what it says was not checked. */
  'tocUnverified',
  /** Its table of contents is not what its digest says, or cannot be read; the layer itself was read. */
  'tocRefused',
] as const;

/** Tables of contents that layers carry, by the format. */
export const LAYER_TOCS = ['estargz', 'zstdChunked'] as const;
export type LayerToc = (typeof LAYER_TOCS)[number];

/** What is known of a layer's content: `opaque` is one that is no archive of files. */
export const LAYER_STATES = ['unread', 'read', 'failed', 'opaque'] as const;

/** What a path of an image is. */
export const FILE_TYPES = ['file', 'directory', 'symlink', 'hardlink', 'character', 'block', 'fifo'] as const;
export type FileType = (typeof FILE_TYPES)[number];

/** What a layer does to a path, or one image to what another has. */
export const FILE_CHANGES = ['added', 'changed', 'removed'] as const;
export type FileChange = (typeof FILE_CHANGES)[number];

/**
 * What a comparison of two images comes to. `sameContent`: another manifest of the same configuration and layers (compressed otherwise,
 * annotated otherwise); `sameFiles`: built otherwise, or at another time, of the same files; `timestamps`: nothing else differs.
 */
export const COMPARISON_VERDICTS = [
  'identical',
  'sameContent',
  'sameFiles',
  'timestamps',
  'different',
] as const;
export type ComparisonVerdict = (typeof COMPARISON_VERDICTS)[number];

/** In what two images can differ, or what of them was not looked at. */
export const COMPARISON_ASPECTS = [
  'platforms',
  'layers',
  'config',
  'history',
  'files',
  'packages',
  'timestamps',
  /** Media types, annotations, the compression of layers: what a manifest says and no container sees. */
  'manifest',
] as const;
export type ComparisonAspect = (typeof COMPARISON_ASPECTS)[number];

/** How layers of two images lie beside each other. `recompressed`: the same archive, compressed otherwise. */
export const COMPARED_LAYERS = ['same', 'recompressed', 'onlyLeft', 'onlyRight'] as const;
export type ComparedLayerState = (typeof COMPARED_LAYERS)[number];

/** What of an image's configuration is compared; `environment` and `labels` by name. */
export const CONFIG_FIELDS = [
  'platform',
  'environment',
  'entrypoint',
  'command',
  'user',
  'workingDir',
  'exposedPorts',
  'volumes',
  'labels',
  'stopSignal',
  'healthcheck',
  'author',
  'created',
] as const;
export type ConfigField = (typeof CONFIG_FIELDS)[number];

/** What of a path differs. */
export const FILE_ASPECTS = [
  'type',
  'size',
  'content',
  'mode',
  'owner',
  'link',
  /** Extended attributes (capabilities among them), and the numbers of devices. */
  'attributes',
  'modified',
] as const;
export type FileAspect = (typeof FILE_ASPECTS)[number];

/** What became of a package from the left to the right; `changed`: its versions have no order that is known. */
export const PACKAGE_CHANGES = ['added', 'removed', 'upgraded', 'downgraded', 'changed'] as const;
export type PackageChange = (typeof PACKAGE_CHANGES)[number];

/** Every way the engine fails. Callers switch on `code`, never on `message`. */
export const REGISTRY_ERRORS = [
  // What the caller gave
  'invalidReference',
  'invalidDigest',
  'invalidAddress',
  'certificateFile',
  /** Whoever calls wants the tag to stay as it is. */
  'protectedTag',
  // Reaching the registry
  'hostUnknown',
  'connectionRefused',
  'connectionLost',
  'timeout',
  'tlsUntrusted',
  'tlsExpired',
  'tlsName',
  'tlsClientCertificate',
  'tlsFailed',
  'proxyFailed',
  'addressRefused',
  // What it said
  'notARegistry',
  'unauthorized',
  'denied',
  'notFound',
  'unsupported',
  'rateLimited',
  'conflict',
  /** A rule keeps the tag as it is. */
  'immutable',
  /** A rule of the project keeps the content from being pulled: unsigned, vulnerable, not scanned. */
  'policyRefused',
  /** Something else there still needs it: an index its child, say. */
  'stillReferenced',
  'quotaExceeded',
  /** It understood, and does not do it, for a reason that has no code. */
  'refused',
  'registryFailed',
  // What it sent
  'invalidResponse',
  'tooLarge',
  /** What we sent, and not what came. */
  'tooLargeToSend',
  'digestMismatch',
  'endlessList',
  'cancelled',
  // Content outside registries
  /** It is not of the form that it was taken for. */
  'notContent',
  /** Truncated, contradicting itself, leading out of its place: nothing of it is used. */
  'contentDamaged',
  /** Another program writes there. */
  'contentBusy',
  /** The system refused to read or write a file. */
  'fileFailed',
  /** No container engine answers. */
  'engineUnreachable',
  'engineFailed',
] as const;
export type RegistryErrorCode = (typeof REGISTRY_ERRORS)[number];

/** What is attached to a manifest, by what most of it is about. */
export const ATTACHED_KINDS = ['signature', 'sbom', 'attestation', 'scan', 'other'] as const;
export type AttachedKind = (typeof ATTACHED_KINDS)[number];

/**
 * A tag named after the digest that something is attached to (of a sha512, some registries take half): what cosign made of it, which
 * the suffix says, or, without one, the list of its referrers.
 */
export const ATTACHED_TAG = /^(sha256-[0-9a-f]{64}|sha512-[0-9a-f]{64,128})(?:\.(\w+))?$/;

/** How it is found: by its subject (the API, or the list under the tag that replaces it), by a tag of cosign's, in the index of the image. */
export const ATTACHED_VIAS = ['subject', 'tag', 'index'] as const;
export type AttachedVia = (typeof ATTACHED_VIAS)[number];

/** What an attached document is about. */
export const DOCUMENT_TOPICS = [
  'signature',
  'sbom',
  'provenance',
  'scan',
  /** Which vulnerabilities matter and which do not (VEX). */
  'exploitability',
  'testResult',
  'verification',
  'other',
] as const;
export type DocumentTopic = (typeof DOCUMENT_TOPICS)[number];

/** Why something of an image's packages was not read, or not wholly. */
export const PACKAGE_PROBLEMS = ['tooLarge', 'tooMany', 'damaged', 'unsupported', 'unread'] as const;
export type PackageProblemCode = (typeof PACKAGE_PROBLEMS)[number];

/** Where packages of an image are read from. */
export const PACKAGE_SOURCES = ['sbom', 'files'] as const;

/** Formats of SBOMs that are read and written. */
export const SBOM_FORMATS = ['cyclonedx', 'spdx'] as const;
export type SbomFormat = (typeof SBOM_FORMATS)[number];

/** What showed which product a registry is, strongest first. `user`: somebody said so, whatever the registry shows. */
export const EVIDENCES = [
  'user',
  'host',
  'header',
  'tokenService',
  'extension',
  'protocol',
  'nothing',
] as const;
export type Evidence = (typeof EVIDENCES)[number];

/**
 * Host names (without port, an IPv6 address with or without brackets) of this machine: registries usually speak plain HTTP there, no
 * one can listen on the way, and no proxy leads to it.
 */
export const LOOPBACK = /^(localhost|.*\.localhost|\[?::1\]?|127(\.\d{1,3}){3})$/i;
