import picomatch from 'picomatch';
import { ServiceError } from '../errors.ts';

/** Whether a path matches; a pattern without a slash is matched against the last part. @throws ServiceError `invalidInput` */
export function globMatcher(glob: string): (path: string) => boolean {
  const pattern = glob.replace(/^\/+/, '');
  try {
    return picomatch(pattern, { dot: true, basename: !pattern.includes('/'), posix: true });
  } catch (cause) {
    throw new ServiceError('invalidInput', `"${glob}" is no pattern of paths.`, { cause });
  }
}
