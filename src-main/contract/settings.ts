import { z } from 'zod';
import { procedure } from './base.ts';

const settings = z.object({
  language: z.enum(['system', 'en', 'zh-CN']),
  theme: z.enum(['system', 'light', 'dark']),
  /** Blobs in flight in one copy. */
  transferConcurrency: z.number().int().min(1).max(32),
  /** Requests in flight at one registry. */
  requestConcurrency: z.number().int().min(1).max(64),
  /** Repositories of up to so many tags show all details at once; larger ones load the rows in view. */
  detailsUpTo: z.number().int().min(0).max(100_000),
  /** Hosts on private addresses that a registry may send us to (token services, object storage). */
  approvedHosts: z.array(z.string().min(1).max(253)).max(1000),
});
export type Settings = z.infer<typeof settings>;

/** Something the user must know about, until dismissed. */
const notice = z.discriminatedUnion('kind', [
  /** The settings file did not parse: it was kept under `keptAs` and defaults are in use. */
  z.object({
    id: z.string(),
    kind: z.literal('settingsKeptAside'),
    file: z.string(),
    keptAs: z.string(),
    reason: z.string(),
  }),
  /** The database could not be read: it was kept under `keptAs` and a new one begun. */
  z.object({
    id: z.string(),
    kind: z.literal('databaseKeptAside'),
    file: z.string(),
    keptAs: z.string(),
    reason: z.string(),
  }),
  /** Fields and rows of the settings file that are not valid: they are left in it, and the rest is used without them. */
  z.object({
    id: z.string(),
    kind: z.literal('settingsUnread'),
    file: z.string(),
    fields: z.array(z.object({ path: z.string(), reason: z.string() })),
  }),
  /** A newer version wrote the settings file: read as far as it is known, and not changed. */
  z.object({
    id: z.string(),
    kind: z.literal('settingsNewer'),
    file: z.string(),
    version: z.number(),
  }),
  z.object({
    id: z.string(),
    kind: z.literal('keychain'),
    state: z.enum(['locked', 'unavailable']),
    reason: z.string(),
  }),
]);
export type Notice = z.infer<typeof notice>;

const about = z.object({
  version: z.string(),
  host: z.enum(['desktop', 'browser']),
  runtime: z.string(),
  /** Folder where the app keeps its data. */
  home: z.string(),
});

export const app = {
  about: procedure.output(about),
  settings: procedure.output(settings),
  /** Changes the given fields only; answers the whole. */
  changeSettings: procedure.input(settings.partial()).output(settings),
  notices: procedure.output(z.array(notice)),
  dismissNotice: procedure.input(z.object({ id: z.string() })).output(z.void()),
};
