import { z } from 'zod';
import { keychainState } from './account.ts';
import { accountId } from './ids.ts';
import { LANGUAGES } from './languages.ts';
import { repositoryName } from './place.ts';

/** A repository that is always at hand. */
const pin = z.object({ accountId, repository: repositoryName });
export type Pin = z.infer<typeof pin>;

export const settings = z.object({
  language: z.enum(['system', ...LANGUAGES]),
  theme: z.enum(['system', 'light', 'dark']),
  /** How high the rows of tables are. */
  density: z.enum(['compact', 'comfortable']),
  /** Blobs in flight in one copy. */
  transferConcurrency: z.number().int().min(1).max(32),
  /** Small requests in flight at one registry, at most: pacing begins with fewer, and halves them where they are too many. */
  requestConcurrency: z.number().int().min(1).max(64),
  /** Repositories of up to so many tags show all details at once; larger ones load the rows in view. */
  detailsUpTo: z.number().int().min(0).max(100_000),
  /** A deletion of so many tags asks for the repository's name to be typed; one that empties a repository always does. */
  typeNameFrom: z.number().int().min(1).max(100_000),
  /** What is deleted is kept whole, blobs too, so that an undo works after a garbage collection: days and size of what is kept. */
  keepContent: z.boolean(),
  keptDays: z.number().int().min(1).max(3650),
  keptGigabytes: z.number().min(0.01).max(100_000),
  /** Where, in a folder of the app's own below it; empty: in the app's folder. */
  keptFolder: z.string().max(4096),
  /** How long, and how many of them, manifests are kept for an undo. */
  trashDays: z.number().int().min(1).max(3650),
  trashMegabytes: z.number().int().min(1).max(100_000),
  /** Commands that do not ask (`--yes`) have to give that name, too. */
  typeNameInScripts: z.boolean(),
  /** Plans are made and none is started, whatever asks for it. */
  dryRun: z.boolean(),
  /** Hosts on private addresses that a registry may send us to (token services, object storage). */
  approvedHosts: z.array(z.string().min(1).max(253)).max(1000),
  /** In their order. */
  pins: z.array(pin).max(200),
});
export type Settings = z.infer<typeof settings>;

/** The file of settings (or the database) could not be read: it was kept under `keptAs` and a new one begun. */
export const keptAside = z.object({
  id: z.string(),
  kind: z.enum(['settingsKeptAside', 'databaseKeptAside']),
  file: z.string(),
  keptAs: z.string(),
  reason: z.string(),
});
export type KeptAside = z.infer<typeof keptAside>;

/** A field or row of the settings file that cannot be used: it is left as it is, and the rest is used without it. */
const unreadSetting = z.object({
  /** `settings.theme`, `accounts[2]`, with the name of an account that has one. */
  path: z.string(),
  reason: z.string(),
});
export type UnreadSetting = z.infer<typeof unreadSetting>;

/** Something about a file of ours that the user must know. */
const fileNotice = z.discriminatedUnion('kind', [
  keptAside,
  z.object({
    id: z.string(),
    kind: z.literal('settingsUnread'),
    file: z.string(),
    fields: z.array(unreadSetting),
  }),
  /** A newer version wrote the settings file: read as far as it is known, and not changed. */
  z.object({ id: z.string(), kind: z.literal('settingsNewer'), file: z.string(), version: z.number() }),
]);
export type FileNotice = z.infer<typeof fileNotice>;

/** Something the user must know about, until dismissed. */
export const notice = z.discriminatedUnion('kind', [
  fileNotice,
  z.object({
    id: z.string(),
    kind: z.literal('keychain'),
    state: keychainState.shape.state.exclude(['available']),
    reason: z.string(),
  }),
]);
export type Notice = z.infer<typeof notice>;

export const noticeRef = z.object({ id: z.string() });

export const about = z.object({
  version: z.string(),
  /** How it is shown: a window of its own or a page. */
  host: z.enum(['desktop', 'browser']),
  runtime: z.string(),
  /** Folder where the app keeps its data. */
  home: z.string(),
  /** Whoever started the app wants a dry run, whatever is set. */
  dryRun: z.boolean(),
});
export type About = z.infer<typeof about>;
