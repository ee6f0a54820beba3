/**
 * What products manage beside images, closed: each kind with its fields. Constants without imports, like those of `vocabulary/`. Forms,
 * tables, differences and the shapes of the contract are made from this table; a product fills the fields that it has.
 */

/**
 * What a field may hold. `lines`: text of many lines; `time`: RFC 3339; `list`: texts in no order that counts; `secret`: a text that is
 * written and never read back, shown or kept.
 */
export const FIELD_TYPES = [
  'text',
  'lines',
  'count',
  'bytes',
  'flag',
  'time',
  'list',
  'choice',
  'secret',
] as const;
type FieldType = (typeof FIELD_TYPES)[number];

export interface Field {
  readonly type: FieldType;
  /** When it may be set: at any time, only at its creation, never (the product works it out). */
  readonly set: 'always' | 'create' | 'never';
  /** Of `choice`. */
  readonly choices?: readonly string[];
}

/** What a resource lies in. */
export const RESOURCE_SCOPES = ['registry', 'project', 'artifact'] as const;
export type ResourceScope = (typeof RESOURCE_SCOPES)[number];

const text = { type: 'text', set: 'always' } as const;
const lines = { type: 'lines', set: 'always' } as const;
const count = { type: 'count', set: 'always' } as const;
const bytes = { type: 'bytes', set: 'always' } as const;
const flag = { type: 'flag', set: 'always' } as const;
const time = { type: 'time', set: 'always' } as const;
const list = { type: 'list', set: 'always' } as const;
const secret = { type: 'secret', set: 'always' } as const;
const choice = <const C extends readonly string[]>(...choices: C) =>
  ({ type: 'choice', set: 'always', choices }) as const;
/** Set when it is created, and not changed later. */
const once = <F extends Field>(field: F): Omit<F, 'set'> & { readonly set: 'create' } => ({
  ...field,
  set: 'create',
});
/** Worked out by the product. */
const shown = <F extends Field>(field: F): Omit<F, 'set'> & { readonly set: 'never' } => ({
  ...field,
  set: 'never',
});

/** Names by patterns: those that match, or with `…Except` all others. */
const PATTERNS = {
  repositories: text,
  repositoriesExcept: flag,
  tags: text,
  tagsExcept: flag,
} as const;

export const RESOURCE_KINDS = {
  /** Harbor's project. */
  project: {
    public: flag,
    /** The endpoint that it caches, by its name. */
    cacheOf: once(text),
    /** Null: without limit. Later it is changed by its `quota`. */
    storageLimit: once(bytes),
    autoScan: flag,
    autoSbom: flag,
    /** What is as severe or worse is not given out; null: all is. */
    blockedFrom: choice('critical', 'high', 'medium', 'low'),
    /** Only what Cosign signed is given out. */
    signedOnly: flag,
    /** Known findings are let pass by the system's list, not by its own. */
    systemAllowList: flag,
    repositories: shown(count),
    role: shown(text),
    owner: shown(text),
    created: shown(time),
  },
  quota: {
    /** Null: without limit. */
    limit: bytes,
    used: shown(bytes),
  },
  robot: {
    description: text,
    /** Null: it does not end. */
    days: once(count),
    expires: shown(time),
    disabled: flag,
    /** `project/resource:action`; `*` for every project, `/` before a resource of the system. */
    permissions: list,
    created: shown(time),
  },
  /** One rule of a project's retention: what it keeps. */
  retentionRule: {
    keeps: choice('always', 'latestPushed', 'latestPulled', 'daysSincePush', 'daysSincePull'),
    amount: count,
    ...PATTERNS,
    /** It is about artifacts without a tag, too. */
    untagged: flag,
    disabled: flag,
  },
  /** When a project's retention runs; null: by hand only. */
  retentionSchedule: { cron: text },
  /** One rule of a project that keeps tags as they are. */
  immutableRule: { ...PATTERNS, disabled: flag },
  member: {
    type: once(choice('user', 'group')),
    role: choice('projectAdmin', 'maintainer', 'developer', 'guest', 'limitedGuest'),
  },
  label: { description: text, color: text, created: shown(time) },
  /** What is noted of one artifact, which is known by `repository@digest`. */
  artifact: { labels: list },
  /** Known findings that are let pass. */
  cveAllowList: { cves: list, expires: time },
  /** When garbage is collected by itself; null: never. */
  gcSchedule: { cron: text, untagged: flag, workers: count, next: shown(time) },
  /** When everything is scanned by itself; null: never. */
  scanSchedule: { cron: text, next: shown(time) },
  /** Another registry that this one copies from and to. */
  endpoint: {
    url: text,
    provider: once(text),
    description: text,
    insecure: flag,
    user: text,
    /** Of this user; null: none. */
    password: secret,
    healthy: shown(flag),
  },
  replicationRule: {
    description: text,
    /** The endpoint it copies from or to, by its name; the other side is the registry itself. */
    from: text,
    to: text,
    names: text,
    tags: text,
    tagsExcept: flag,
    /** Namespace in the target; null: the source's. */
    namespace: text,
    /** Leading parts of the source's name that go; -1: all. */
    flattened: count,
    trigger: choice('manual', 'scheduled', 'event'),
    cron: text,
    deletes: flag,
    overrides: flag,
    /** KiB a second; -1: as fast as it goes. */
    speed: count,
    enabled: flag,
  },
  /** Nexus' repository. */
  repository: {
    type: once(choice('hosted', 'proxy', 'group')),
    online: flag,
    port: count,
    subdomain: text,
    url: shown(text),
    blobStore: once(text),
    remote: text,
    members: list,
    cleanup: list,
    writes: choice('allow', 'allowOnce', 'deny'),
    anonymous: flag,
  },
  /** Nexus' place of bytes. */
  blobStore: {
    type: shown(text),
    blobs: shown(count),
    used: shown(bytes),
    available: shown(bytes),
    quota: bytes,
  },
  /** Nexus' policy: what it takes by itself. */
  cleanupPolicy: {
    notes: text,
    publishedDays: count,
    downloadedDays: count,
    names: text,
    kept: count,
  },
  /** Nexus' task, which its job runs. */
  task: {
    type: shown(text),
    schedule: shown(text),
    state: shown(text),
    result: shown(text),
    last: shown(time),
    next: shown(time),
  },
  /** Docker Hub's owner of repositories: the account itself, or an organisation that it belongs to. */
  hubNamespace: { type: shown(choice('account', 'organisation')), repositories: shown(count) },
  /** Docker Hub's repository beside its tags. */
  hubRepository: {
    description: text,
    overview: lines,
    /** Regular expressions of the tags that may neither move nor go. */
    immutableTags: list,
    private: flag,
    pulls: shown(count),
    stars: shown(count),
    updated: shown(time),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Field>>>>;

export type ResourceKind = keyof typeof RESOURCE_KINDS;

/** The words of a kind's fields. */
export type FieldName<K extends ResourceKind> = K extends ResourceKind
  ? keyof (typeof RESOURCE_KINDS)[K] & string
  : never;

type ValueOf<F> = F extends { type: 'choice'; choices: readonly (infer C)[] }
  ? C
  : F extends { type: 'count' | 'bytes' }
    ? number
    : F extends { type: 'flag' }
      ? boolean
      : F extends { type: 'list' }
        ? readonly string[]
        : string;

/** A kind's values. Null: there is none (no limit, never); absent: the product does not say. */
export type FieldsOf<K extends ResourceKind> = {
  readonly [N in keyof (typeof RESOURCE_KINDS)[K]]?: ValueOf<(typeof RESOURCE_KINDS)[K][N]> | null;
};

/** What may be done to a resource. `renew`: its secret is made anew. */
export const RESOURCE_ACTS = ['create', 'change', 'delete', 'renew'] as const;
export type ResourceAct = (typeof RESOURCE_ACTS)[number];

/** Whether something may be done, or why not. */
export const PERMISSIONS = [
  'yes',
  'administrators',
  'projectAdministrators',
  'maintainers',
  'developers',
  /** Someone has to be signed in. */
  'signIn',
  /** Something is in it still. */
  'notEmpty',
  /** It belongs to the product, or is who asks. */
  'builtIn',
  /** The product cannot, or not in this version. */
  'unsupported',
  /** What may be done is not known: the registry decides. */
  'unknown',
] as const;
export type Permission = (typeof PERMISSIONS)[number];
