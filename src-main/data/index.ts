export { Audit } from './audit.ts';
export { ContentCache } from './content-cache.ts';
export { CredentialStore, type Keychain } from './credentials.ts';
export { openDatabase } from './database.ts';
export { DataError, type DataErrorCode, storageError, wordsOf } from './errors.ts';
export { dataHome } from './home.ts';
export { Journal, type JournalOperation, type JournalStep } from './journal.ts';
export { Parts } from './parts.ts';
export { isAlive, ProcessMark } from './process-mark.ts';
export { SavedTransfers } from './saved-transfers.ts';
export { SeenPlaces } from './seen-places.ts';
export {
  type OpenStore,
  type SecretField,
  SettingsFile,
  type StoredAccount,
} from './settings-file.ts';
export { Trash, type TrashedManifest } from './trash.ts';
export { Uploads } from './uploads.ts';
