import { UPLOAD_PATH } from '../../src-main/contract/browser-session.ts';
import { desktopFiles } from '../desktop-files.ts';
import { sessionSecret } from '../session.ts';

export interface TakeOptions {
  signal: AbortSignal;
  /** Share that has been sent, 0 to 1; never called where nothing has to be sent. */
  onProgress: (share: number) => void;
}

/** Folders can be read where they lie, but not be uploaded. */
export const takesFolders = (): boolean => desktopFiles() !== undefined;

/**
 * Path of a file on the main side: in the desktop app where it lies, else the browser host takes it in.
 *
 * @throws a failure of the contract's shape
 */
export function pathOfFile(file: File, options: TakeOptions): Promise<string> {
  const path = desktopFiles()?.pathOf(file);
  return path ? Promise.resolve(path) : upload(file, options);
}

function upload(file: File, { signal, onProgress }: TakeOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    // fetch reports no progress.
    const request = new XMLHttpRequest();
    const fail = (reason: string) =>
      reject({ code: 'fileFailed', message: reason, reason, object: file.name });
    request.open('POST', UPLOAD_PATH);
    request.setRequestHeader('Authorization', `Bearer ${sessionSecret() ?? ''}`);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const { path, failure } = (request.response ?? {}) as { path?: unknown; failure?: unknown };
      if (request.status === 200 && typeof path === 'string') resolve(path);
      else if (failure) reject(failure);
      else fail(`HTTP ${request.status}`);
    };
    // A folder, or a file that is gone, cannot be sent either.
    request.onerror = () => fail('The file could not be sent.');
    request.onabort = () => reject(new DOMException('Cancelled.', 'AbortError'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}
