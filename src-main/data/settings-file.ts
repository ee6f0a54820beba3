import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';
import { z } from 'zod';
import { storageError, wordsOf } from './errors.ts';

/** What electron-store and its base, `conf`, have in common. `store` reads and writes the whole file, atomically. */
export interface SettingsStore {
  store: Record<string, unknown>;
}

interface StoreOptions {
  cwd: string;
  configName: string;
  accessPropertiesByDotNotation: false;
  clearInvalidConfig: false;
  configFileMode: number;
}

export type OpenStore = (options: StoreOptions) => SettingsStore;

const NAME = 'settings';

const settings = z.object({
  language: z.enum(['system', 'en', 'zh-CN']).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Blobs in flight in one copy: enough to fill a link, few enough not to trip a registry's limits. */
  transferConcurrency: z.number().int().min(1).max(32).default(4),
  /** Small requests in flight at one registry, at most: pacing begins with fewer, and halves them where they are too many. */
  requestConcurrency: z.number().int().min(1).max(64).default(16),
  detailsUpTo: z.number().int().min(0).max(100_000).default(500),
  approvedHosts: z.array(z.string().min(1).max(253)).max(1000).default([]),
});

const signIn = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anonymous') }),
  z.object({ kind: z.literal('password'), username: z.string() }),
  z.object({ kind: z.literal('identityToken') }),
]);

const secretField = z.enum(['password', 'identityToken', 'clientKey', 'clientKeyPassphrase', 'proxy']);

const account = z.object({
  id: z.uuid(),
  name: z.string().min(1),
  url: z.url({ protocol: /^https?$/ }),
  signIn,
  tls: z.object({
    verify: z.boolean(),
    authorities: z.string().optional(),
    clientCertificate: z.string().optional(),
  }),
  proxy: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('system') }),
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('url'), url: z.url() }),
  ]),
  readOnly: z.boolean(),
  repositories: z.array(z.string()),
  /** The product found at the last look; for the icon. */
  system: z.string().default('generic'),
  /** Counts its changes, so that other processes notice that a secret changed. */
  revision: z.number().int().default(0),
  /** Which secrets stand in the keychain: their names only. */
  keychainFields: z.array(secretField).default([]),
});

const notice = z.object({
  id: z.string(),
  kind: z.enum(['settingsKeptAside', 'databaseKeptAside']),
  file: z.string(),
  keptAs: z.string(),
  reason: z.string(),
});

const content = z.looseObject({
  version: z.literal(1).default(1),
  settings: settings.prefault({}),
  accounts: z.array(account).default([]),
  localRegistry: z
    .object({
      port: z.number().int().min(1).max(65_535).optional(),
      accountId: z.uuid().optional(),
      /** It asks for a user and password, which its account keeps. */
      signIn: z.boolean().default(false),
      /** It answers to the names by which containers reach this machine. */
      containers: z.boolean().default(false),
      /** It takes an index whose manifests are not all there. */
      sparseIndexes: z.boolean().default(false),
      /** It ran when the app ended: started again with it. */
      running: z.boolean().default(false),
    })
    .prefault({}),
  notices: z.array(notice).default([]),
  /** Keychain entries of removed accounts that could not be deleted yet. */
  orphanedSecrets: z.array(z.string()).default([]),
});

export type StoredAccount = z.infer<typeof account>;
export type SecretField = z.infer<typeof secretField>;
export type StoredNotice = z.infer<typeof notice>;
export type SettingsContent = z.infer<typeof content>;

export interface SettingsFileOptions {
  folder: string;
  openStore?: OpenStore | undefined;
  /** Runs the work while no other process changes the file. */
  exclusively: <T>(work: () => T) => T;
  now?: (() => Date) | undefined;
}

/**
 * Settings and accounts (without secrets) in one JSON file, read anew each time since another process may have changed it.
 * A file that does not parse or is not valid is renamed, told in a notice, and never overwritten.
 */
export class SettingsFile {
  readonly path: string;
  readonly #options: SettingsFileOptions;
  #store: SettingsStore | undefined;
  /** Notices that could not be written, on a full disk say: told at least as long as this process lives. */
  #unwritten: StoredNotice[] = [];

  constructor(options: SettingsFileOptions) {
    this.#options = options;
    this.path = join(options.folder, `${NAME}.json`);
  }

  /** @throws DataError `settingsFile` if the file is there and cannot be read or kept aside */
  read(): SettingsContent {
    return this.#load() ?? this.#options.exclusively(() => this.#load() ?? this.#keepAside());
  }

  /** Changes the content; what another process wrote meanwhile is kept. @throws DataError `diskFull`, `settingsFile` */
  update(change: (content: SettingsContent) => void): SettingsContent {
    return this.#options.exclusively(() => {
      const next = this.#load() ?? this.#keepAside();
      change(next);
      const checked = content.parse(next);
      this.#write(checked);
      this.#unwritten = [];
      return checked;
    });
  }

  /** The content, or undefined for a file that is not a settings file. */
  #load(): SettingsContent | undefined {
    const parsed = this.#parse();
    if (!parsed.success) return undefined;
    // Who put the file back or deleted it has settled the matter.
    const open = parsed.data.notices.filter(({ keptAs }) => existsSync(keptAs));
    return { ...parsed.data, notices: [...open, ...this.#unwritten] };
  }

  #parse(): { success: true; data: SettingsContent } | { success: false; reason: string } {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT')
        return { success: true, data: content.parse({}) };
      throw storageError(error, 'settingsFile');
    }
    try {
      const parsed = content.safeParse(JSON.parse(text));
      return parsed.success ? parsed : { success: false, reason: firstIssue(parsed.error) };
    } catch (error) {
      // V8 quotes the text around the mistake; the file may hold certificates, so only the place is kept.
      const place = / (?:at|in JSON at) (position \d+)/.exec(wordsOf(error))?.[1];
      return { success: false, reason: place ? `not JSON at ${place}` : 'not JSON' };
    }
  }

  #keepAside(): SettingsContent {
    const parsed = this.#parse();
    if (parsed.success) return parsed.data;
    const now = this.#options.now?.() ?? new Date();
    const keptAs = `${this.path}.broken-${now.toISOString().replaceAll(':', '-')}`;
    try {
      renameSync(this.path, keptAs);
    } catch (error) {
      throw storageError(error, 'settingsFile');
    }
    const fresh = content.parse({
      notices: [{ id: keptAs, kind: 'settingsKeptAside', file: this.path, keptAs, reason: parsed.reason }],
    });
    try {
      this.#write(fresh);
    } catch {
      this.#unwritten = fresh.notices;
    }
    return fresh;
  }

  #write(value: SettingsContent): void {
    try {
      this.#store ??= (this.#options.openStore ?? openConf)({
        cwd: this.#options.folder,
        configName: NAME,
        accessPropertiesByDotNotation: false,
        clearInvalidConfig: false,
        configFileMode: 0o600,
      });
      this.#store.store = value;
    } catch (error) {
      throw storageError(error, 'settingsFile');
    }
  }
}

const openConf: OpenStore = (options) => new Conf<Record<string, unknown>>(options);

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue ? `${issue.path.join('.') || 'content'}: ${issue.message}`.slice(0, 300) : 'not valid';
}
