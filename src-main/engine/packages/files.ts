import { apkInstalled } from './apk.ts';
import { depsJson } from './dotnet.ts';
import { dpkgStatus } from './dpkg.ts';
import { isJavaArchive, javaArchive } from './java.ts';
import { packageJson } from './npm.ts';
import { PythonMetadata } from './python.ts';
import type { FileReader } from './reader.ts';
import { rpmNdb, rpmSqlite } from './rpm.ts';

const DPKG = /^var\/lib\/dpkg\/(status|status\.d\/[^/]+(?<!\.md5sums))$/;
const APK = /^(usr\/)?lib\/apk\/db\/installed$/;
const RPM = /^(?:var\/lib|usr\/lib\/sysimage|usr\/share)\/rpm\/([^/]+)$/;
const NPM = /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/@.][^/]*\/package\.json$/;
const PYTHON = /\.(?:dist-info\/METADATA|egg-info\/PKG-INFO|egg-info)$/;
const DOTNET = /\.deps\.json$/;

/** How a file is read that names packages by its path; undefined for any other. @param size bytes of the file */
export function readerFor(path: string, size: number): FileReader | undefined {
  // Most paths of an image end otherwise: this is asked of each.
  const name = path.slice(path.lastIndexOf('/') + 1);
  switch (name) {
    case 'package.json':
      return NPM.test(path) ? packageJson(size) : undefined;
    case 'installed':
      return APK.test(path) ? apkInstalled() : undefined;
    case 'rpmdb.sqlite':
      return RPM.test(path) ? rpmSqlite(size) : undefined;
    case 'Packages.db':
      return RPM.test(path) ? rpmNdb(size) : undefined;
  }
  if (path.startsWith('var/lib/dpkg/') && DPKG.test(path)) return dpkgStatus();
  if (PYTHON.test(path)) return new PythonMetadata();
  if (DOTNET.test(name)) return depsJson(size);
  return isJavaArchive(name) ? javaArchive(path, size) : undefined;
}

/** What is wrong with a file of packages that is not read at all, in English; undefined for every other. */
export function unreadDatabase(path: string, size: number): string | undefined {
  const [, name] = RPM.exec(path) ?? [];
  if (name === 'Packages') return "RPM's older databases (Berkeley DB) are not read.";
  // Written when the database is closed; then it is empty.
  if (name === 'rpmdb.sqlite-wal' && size > 0)
    return "RPM's database was not closed: its last changes, which are in its log, are not read.";
  return undefined;
}
