import type { About, FileNotice, Notice, Settings } from '../../common/settings.ts';

export interface SettingsService {
  about(): About;
  get(): Settings;
  /** Changes the given fields only; answers the whole. */
  change(changes: { [Key in keyof Settings]?: Settings[Key] | undefined }): Settings;
  notices(): Promise<Notice[]>;
  /** Those about files only: asks no keychain, which may prompt. */
  fileNotices(): FileNotice[];
  dismissNotice(id: string): void;
}
