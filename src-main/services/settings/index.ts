import type { About, FileNotice, Notice, Settings } from '../../common/settings.ts';
import type { CredentialStore, SettingsFile } from '../../data/index.ts';
import type { SettingsService } from '../core/settings.ts';
import { ServiceError } from '../errors.ts';

const KEYCHAIN_NOTICE = 'keychain';
const UNREAD = 'settingsUnread' as const;
const NEWER = 'settingsNewer' as const;
/** `host[:port]` without a scheme, as it is compared at connect time. */
const APPROVED_HOST = /^(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::\d{1,5})?$/i;

export class AppSettings implements SettingsService {
  readonly #file: SettingsFile;
  readonly #credentials: CredentialStore;
  readonly #about: About;
  /** Notices that come again with the next start: what they report is still so. */
  readonly #dismissed = new Set<string>();

  readonly #checkFolder: (folder: string) => void;

  /** @param checkFolder whether content can be kept there @throws ServiceError `invalidInput` */
  constructor(
    file: SettingsFile,
    credentials: CredentialStore,
    about: About,
    checkFolder: (folder: string) => void,
  ) {
    this.#checkFolder = checkFolder;
    this.#file = file;
    this.#credentials = credentials;
    this.#about = about;
  }

  about(): About {
    return this.#about;
  }

  get(): Settings {
    return this.#file.read().settings;
  }

  change(changes: { [Key in keyof Settings]?: Settings[Key] | undefined }): Settings {
    const wrong = changes.approvedHosts?.find((host) => !APPROVED_HOST.test(host));
    if (wrong !== undefined) {
      throw new ServiceError(
        'invalidInput',
        'An approved host is a name or an address, with a port if need be.',
      );
    }
    if (changes.keptFolder !== undefined) this.#checkFolder(changes.keptFolder);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    return this.#file.update((content) => {
      content.settings = { ...content.settings, ...given };
    }).settings;
  }

  fileNotices(): FileNotice[] {
    const { unread, newerVersion: version } = this.#file.problems();
    const file = this.#file.path;
    const notices: FileNotice[] = [
      ...this.#file.read().notices,
      ...(unread.length > 0 ? [{ id: UNREAD, kind: UNREAD, file, fields: unread } satisfies FileNotice] : []),
      ...(version === undefined ? [] : [{ id: NEWER, kind: NEWER, file, version } satisfies FileNotice]),
    ];
    return notices.filter(({ id }) => !this.#dismissed.has(id));
  }

  async notices(): Promise<Notice[]> {
    const { accounts } = this.#file.read();
    const notices: Notice[] = this.fileNotices();
    // The keychain matters once an account has a secret; asking it may prompt the user.
    const matters = accounts.some(({ signIn, tls }) => signIn.kind !== 'anonymous' || tls.clientCertificate);
    if (matters && !this.#dismissed.has(KEYCHAIN_NOTICE)) {
      const { state, reason = '' } = await this.#credentials.state();
      if (state !== 'available') notices.push({ id: KEYCHAIN_NOTICE, kind: 'keychain', state, reason });
    }
    return notices;
  }

  dismissNotice(id: string): void {
    if ([KEYCHAIN_NOTICE, UNREAD, NEWER].includes(id)) {
      this.#dismissed.add(id);
      return;
    }
    this.#file.update((content) => {
      content.notices = content.notices.filter((notice) => notice.id !== id);
    });
  }
}
