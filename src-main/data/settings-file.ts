import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';
import type { KeptAside, UnreadSetting } from '../common/settings.ts';
import { DataError, storageError, wordsOf } from './errors.ts';
import {
  mergedWith,
  readSettings,
  type SecretField,
  type SettingsContent,
  type SettingsReading,
  settingsContent,
} from './settings-content.ts';

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
const EMPTY: SettingsReading = { content: settingsContent.parse({}), unread: [], raw: {} };

export interface SettingsFileOptions {
  folder: string;
  openStore?: OpenStore | undefined;
  /** Runs the work while no other process changes the file. */
  exclusively: <T>(work: () => T) => T;
  /** Called with each change before it is written, while no other process changes the file. */
  changing?: (before: SettingsContent, after: SettingsContent, written?: WrittenSecrets) => void;
  now?: (() => Date) | undefined;
}

/** Secrets of an account that were written or removed with a change, by their names. */
export interface WrittenSecrets {
  account: string;
  fields: readonly SecretField[];
}

/**
 * Settings and accounts (without secrets) in one JSON file, read anew each time since another process may have changed it.
 * A field or a row that is not valid costs itself only, and stays in the file; a file that is no JSON object is renamed, reported in a
 * notice, and never overwritten. What a newer version wrote is read as far as it is known, and not changed.
 */
export class SettingsFile {
  readonly path: string;
  readonly #options: SettingsFileOptions;
  #store: SettingsStore | undefined;
  /** Notices that could not be written, on a full disk say: reported at least as long as this process lives. */
  #unwritten: KeptAside[] = [];

  constructor(options: SettingsFileOptions) {
    this.#options = options;
    this.path = join(options.folder, `${NAME}.json`);
  }

  /** @throws DataError `settingsFile` if the file is there and cannot be read or kept aside */
  read(): SettingsContent {
    return this.#reading().content;
  }

  /** What in the file cannot be used, and the version of the newer program that wrote it. @throws DataError as {@link read} */
  problems(): { unread: UnreadSetting[]; newerVersion?: number } {
    const { unread, newerVersion } = this.#reading();
    return { unread: [...unread], ...(newerVersion === undefined ? {} : { newerVersion }) };
  }

  /**
   * Changes the content; what another process wrote meanwhile is kept.
   *
   * @throws DataError `diskFull`, `settingsFile` (also where a newer version wrote it)
   */
  update(change: (content: SettingsContent) => void, written?: WrittenSecrets): SettingsContent {
    return this.#options.exclusively(() => {
      const before = this.#load() ?? this.#keepAside();
      if (before.newerVersion !== undefined)
        throw new DataError(
          'settingsFile',
          `${this.path} was written by a newer version of Wharfinger; it is not changed`,
        );
      const next = structuredClone(before.content);
      change(next);
      const checked = settingsContent.parse(next);
      this.#options.changing?.(before.content, checked, written);
      this.#write(mergedWith(before, checked));
      this.#unwritten = [];
      return checked;
    });
  }

  #reading(): SettingsReading {
    return this.#load() ?? this.#options.exclusively(() => this.#load() ?? this.#keepAside());
  }

  /** The content, or undefined for a file that is not a settings file. */
  #load(): SettingsReading | undefined {
    const parsed = this.#parse();
    if (!parsed.success) return undefined;
    // Who put the file back or deleted it has settled the matter.
    const open = parsed.data.content.notices.filter(({ keptAs }) => existsSync(keptAs));
    return { ...parsed.data, content: { ...parsed.data.content, notices: [...open, ...this.#unwritten] } };
  }

  #parse(): { success: true; data: SettingsReading } | { success: false; reason: string } {
    let text: string;
    try {
      text = readFileSync(this.path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { success: true, data: EMPTY };
      throw storageError(error, 'settingsFile');
    }
    try {
      const data = readSettings(JSON.parse(text));
      return data ? { success: true, data } : { success: false, reason: 'content: not an object' };
    } catch (error) {
      // V8 quotes the text around the mistake; the file may hold certificates, so only the place is kept.
      const place = / (?:at|in JSON at) (position \d+)/.exec(wordsOf(error))?.[1];
      return { success: false, reason: place ? `not JSON at ${place}` : 'not JSON' };
    }
  }

  #keepAside(): SettingsReading {
    const parsed = this.#parse();
    if (parsed.success) return parsed.data;
    const now = this.#options.now?.() ?? new Date();
    const keptAs = `${this.path}.broken-${now.toISOString().replaceAll(':', '-')}`;
    try {
      renameSync(this.path, keptAs);
    } catch (error) {
      throw storageError(error, 'settingsFile');
    }
    const fresh = settingsContent.parse({
      notices: [{ id: keptAs, kind: 'settingsKeptAside', file: this.path, keptAs, reason: parsed.reason }],
    });
    try {
      this.#write(fresh);
    } catch {
      this.#unwritten = fresh.notices;
    }
    return { ...EMPTY, content: fresh };
  }

  #write(value: Record<string, unknown>): void {
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
