export { Audit } from './audit.ts';
export { ContentCache, type ContentKind } from './content-cache.ts';
export { CredentialStore, type Keychain, type KeychainState } from './credentials.ts';
export { type Database, openDatabase } from './database.ts';
export { DataError, type DataErrorCode, storageError, wordsOf } from './errors.ts';
export { dataHome } from './home.ts';
export { Journal, type JournalOperation, type JournalStatus } from './journal.ts';
export { isAlive, ProcessMark } from './process-mark.ts';
export { SeenPlaces } from './seen-places.ts';
export {
  type OpenStore,
  type SecretField,
  SettingsFile,
  type StoredAccount,
  type StoredNotice,
  type StoredSettings,
} from './settings-file.ts';
export { Trash, type TrashedManifest } from './trash.ts';
