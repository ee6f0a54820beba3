import { apkOrder } from './apk.ts';
import { debianOrder } from './debian.ts';
import { mavenOrder } from './maven.ts';
import type { VersionOrder } from './parts.ts';
import { pythonOrder } from './python.ts';
import { rpmOrder } from './rpm.ts';
import { semanticOrder } from './semantic.ts';

/** By types of package URLs. */
const ORDERS: Readonly<Record<string, VersionOrder>> = {
  deb: debianOrder,
  rpm: rpmOrder,
  alpm: rpmOrder,
  apk: apkOrder,
  alpine: apkOrder,
  maven: mavenOrder,
  pypi: pythonOrder,
  npm: semanticOrder,
  golang: semanticOrder,
  nuget: semanticOrder,
  cargo: semanticOrder,
  gem: semanticOrder,
  composer: semanticOrder,
  hex: semanticOrder,
  pub: semanticOrder,
  swift: semanticOrder,
};

/** Characters: a longer one is none, and takes no time. */
const LENGTH_MAX = 256;

/**
 * In the order of the packages' ecosystem: less than 0 where the first comes before the second. Where it is not known which that is,
 * numbers count as numbers. An epoch or a revision that only one of them states does not count.
 *
 * @param type of package URLs
 * @returns undefined where one of them is no version there
 */
export function compareVersions(type: string, one: string, other: string): number | undefined {
  if (![one, other].every(({ length }) => length > 0 && length <= LENGTH_MAX)) return undefined;
  return (ORDERS[type] ?? rpmOrder)(one, other);
}
