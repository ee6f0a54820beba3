export type { Keychain } from './credentials.ts';
export { DataError, type DataErrorCode } from './errors.ts';
export { dataHome } from './home.ts';
export type { OpenStore } from './settings-file.ts';
