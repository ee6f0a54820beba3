import { z } from 'zod';
import { accountSettings, keepFreshHours, protectedTags } from '../common/account.ts';
import { accountId } from '../common/ids.ts';
import { localRegistryOptions } from '../common/local-registry.ts';
import { productFinding, writeRefusal } from '../common/registry.ts';
import { keptAside, settings as settingsShape, type UnreadSetting } from '../common/settings.ts';

/** The version of the file that this program writes. */
const VERSION = 1;

const { shape } = settingsShape;

const settings = z.object({
  language: shape.language.default('system'),
  theme: shape.theme.default('system'),
  density: shape.density.default('compact'),
  /** Enough to fill a link, few enough not to trip a registry's limits. */
  transferConcurrency: shape.transferConcurrency.default(4),
  /** A scan of 10,000 tags at 50 ms takes half a minute with 16; a host that does not take so many gets fewer. */
  requestConcurrency: shape.requestConcurrency.default(32),
  detailsUpTo: shape.detailsUpTo.default(500),
  /** More than one picks by hand. */
  typeNameFrom: shape.typeNameFrom.default(50),
  keepContent: shape.keepContent.default(false),
  keptDays: shape.keptDays.default(30),
  keptFolder: shape.keptFolder.default(''),
  /** Some dozens of ordinary images. */
  keptGigabytes: shape.keptGigabytes.default(20),
  /** After a quarter of a year few registries still hold what was deleted. */
  trashDays: shape.trashDays.default(90),
  /** Manifests of some hundred thousand images. */
  trashMegabytes: shape.trashMegabytes.default(1000),
  typeNameInScripts: shape.typeNameInScripts.default(false),
  dryRun: shape.dryRun.default(false),
  approvedHosts: shape.approvedHosts.default([]),
  pins: shape.pins.default([]),
});

const secretField = z.enum(['password', 'identityToken', 'clientKey', 'clientKeyPassphrase', 'proxy']);

const account = accountSettings.extend({
  id: accountId,
  url: z.url({ protocol: /^https?$/ }),
  /** The product found at the last look: for the icon, and for where the registry cannot be identified. */
  system: z.string().default('generic'),
  /** One of a newer version is none of this one. */
  chosenSystem: accountSettings.shape.chosenSystem.catch(undefined),
  /** Absent where it was found by a version that did not keep this, or not at all. */
  product: productFinding.optional().catch(undefined),
  keepFresh: keepFreshHours.optional().catch(undefined),
  /** As the registry answered last. */
  takesNoWrites: writeRefusal.optional().catch(undefined),
  protectedTags: protectedTags.default([]),
  /** Counts its changes, so that other processes notice that a secret changed. */
  revision: z.number().int().default(0),
  /** The sign-in of Docker's or Podman's that its own was taken over from, and is again when that has ended. */
  foundAs: z.string().optional().catch(undefined),
  /** Which secrets are in the keychain: their names only. */
  keychainFields: z.array(secretField).default([]),
});

const localRegistry = z.object({
  port: z.number().int().min(1).max(65_535).optional(),
  accountId: accountId.optional(),
  signIn: localRegistryOptions.shape.signIn.default(false),
  containers: localRegistryOptions.shape.containers.default(false),
  sparseIndexes: localRegistryOptions.shape.sparseIndexes.default(false),
  /** It ran when the app ended: started again with it. */
  running: z.boolean().default(false),
});

/** Objects of single fields, and lists of rows: each field and each row is read for itself. */
const OBJECTS = { settings, localRegistry } as const;
const LISTS = { accounts: account, notices: keptAside, orphanedSecrets: z.string() } as const;

export const settingsContent = z.object({
  version: z.literal(VERSION).default(VERSION),
  settings: settings.prefault({}),
  accounts: z.array(account).default([]),
  localRegistry: localRegistry.prefault({}),
  notices: z.array(keptAside).default([]),
  /** Keychain entries of removed accounts that could not be deleted yet. */
  orphanedSecrets: z.array(z.string()).default([]),
});

export type StoredAccount = z.infer<typeof account>;
export type SecretField = z.infer<typeof secretField>;
export type SettingsContent = z.infer<typeof settingsContent>;

/** The file's content as far as it can be used, with what has to stay in the file beside it. */
export interface SettingsReading {
  content: SettingsContent;
  unread: readonly UnreadSetting[];
  /** Of the program that wrote it last, where that is newer than this one. */
  newerVersion?: number;
  raw: Readonly<Record<string, unknown>>;
}

const jsonObject = z.record(z.string(), z.unknown());
const named = z.object({ name: z.string() });

/** @returns undefined for what is no JSON object */
export function readSettings(value: unknown): SettingsReading | undefined {
  const raw = jsonObject.safeParse(value);
  if (!raw.success) return undefined;
  const { version = VERSION } = raw.data;
  const newer = typeof version === 'number' && version > VERSION ? version : undefined;
  const unread: UnreadSetting[] = [];
  const found: Record<string, unknown> = {};
  if (newer === undefined && version !== VERSION) unread.push({ path: 'version', reason: 'not a version' });
  for (const [name, schema] of Object.entries(OBJECTS))
    found[name] = readFields(name, schema.shape, raw.data[name], unread);
  for (const [name, schema] of Object.entries(LISTS))
    found[name] = readRows(name, schema, raw.data[name], unread);
  return {
    content: settingsContent.parse(found),
    unread,
    raw: raw.data,
    ...(newer === undefined ? {} : { newerVersion: newer }),
  };
}

/** What to write: the content, and all that stood in the file and could not be used or is not known here. */
export function mergedWith(
  { raw, content: before }: SettingsReading,
  content: SettingsContent,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...raw, ...content };
  for (const [name, schema] of Object.entries(OBJECTS)) {
    const had = jsonObject.safeParse(raw[name]).data ?? {};
    const [was, now] = [before, content].map((each) => each[name as keyof typeof OBJECTS] as object);
    merged[name] = { ...had, ...changedFields(schema.shape, had, was ?? {}, now ?? {}) };
  }
  for (const [name, schema] of Object.entries(LISTS)) {
    const had = rowsOf(raw[name]);
    const rows: readonly unknown[] = content[name as keyof typeof LISTS];
    merged[name] = [
      ...rows.map((row) => withUnknown(row, had)),
      ...had.filter((row) => !schema.safeParse(row).success),
    ];
  }
  return merged;
}

type Fields = Readonly<Record<string, z.ZodType>>;

function readFields(
  name: string,
  shape: Fields,
  value: unknown,
  unread: UnreadSetting[],
): Record<string, unknown> {
  if (value === undefined) return {};
  const raw = jsonObject.safeParse(value);
  if (!raw.success) unread.push({ path: name, reason: firstIssue(raw.error) });
  const fields: Record<string, unknown> = {};
  for (const [field, schema] of Object.entries(shape)) {
    const read = schema.safeParse(raw.data?.[field]);
    if (read.success) fields[field] = read.data;
    else unread.push({ path: `${name}.${field}`, reason: firstIssue(read.error) });
  }
  return fields;
}

function readRows(name: string, schema: z.ZodType, value: unknown, unread: UnreadSetting[]): unknown[] {
  if (value !== undefined && !Array.isArray(value)) unread.push({ path: name, reason: 'not a list' });
  return rowsOf(value).flatMap((row, position) => {
    const read = schema.safeParse(row);
    if (read.success) return [read.data];
    const called = named.safeParse(row).data?.name;
    const path = `${name}[${position}]${called === undefined ? '' : ` (${called.slice(0, 100)})`}`;
    unread.push({ path, reason: firstIssue(read.error) });
    return [];
  });
}

const rowsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Known fields as they are now; one that could not be read stays as it is until somebody sets it. */
function changedFields(shape: Fields, had: Record<string, unknown>, was: object, now: object): object {
  const before = new Map(Object.entries(was));
  return Object.fromEntries(
    Object.keys(shape).flatMap((field) => {
      const value = Object.entries(now).find(([name]) => name === field)?.[1];
      const isUnread = field in had && !shape[field]?.safeParse(had[field]).success;
      const isSame = JSON.stringify(value) === JSON.stringify(before.get(field));
      return isUnread && isSame ? [] : [[field, value]];
    }),
  );
}

/** An account keeps the fields that a newer version gave it. */
function withUnknown(row: unknown, had: readonly unknown[]): unknown {
  const known = jsonObject.safeParse(row);
  if (!known.success || known.data.id === undefined) return row;
  const before = had.find((each) => jsonObject.safeParse(each).data?.id === known.data.id);
  return { ...(before as object | undefined), ...known.data };
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  const path = issue?.path.join('.');
  return issue ? `${path ? `${path}: ` : ''}${issue.message}`.slice(0, 300) : 'not valid';
}
