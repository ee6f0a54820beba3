import picomatch from 'picomatch';
import { ServiceError } from '../errors.ts';

/** What picomatch takes for more than a character besides the wildcards that there are: groups of a regular expression and `!` for all else. */
const NO_WILDCARD = /(?<escaped>\\.)|(?<!\[)!|[()|+@]/gs;

/** Whether a path matches; a pattern without a slash is matched against the last part. @throws ServiceError `invalidInput` */
export function globMatcher(glob: string): (path: string) => boolean {
  const pattern = glob
    .replace(/^\/+/, '')
    .replace(NO_WILDCARD, (found: string, escaped?: string) => escaped ?? `\\${found}`);
  try {
    return picomatch(pattern, { dot: true, basename: !pattern.includes('/'), posix: true });
  } catch (cause) {
    throw new ServiceError('invalidInput', `"${glob}" is no pattern of paths.`, { cause });
  }
}
