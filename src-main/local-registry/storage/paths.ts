import { createHash } from 'node:crypto';
import { join } from 'node:path';

/**
 * The layout of the folder:
 * ```
 * blobs/sha256/ab/abcd…                    content of blobs and manifests, each digest once
 * repositories/<name>/_layers/sha256-…     empty: the repository has this blob; its time is that of the last lease
 * repositories/<name>/_manifests/sha256-…  JSON: media type, size, subject; its time is that of the last lease
 * repositories/<name>/_tags/<tag>          `digest tag`
 * uploads/<id>.json, <id>.data             open upload sessions
 * temporary/                               files on their way to their name; emptied at start
 * ```
 * `_manifests` is there only while it holds something: a repository is in the catalog when it has one.
 */
export class Layout {
  readonly folder: string;
  readonly blobs: string;
  readonly repositories: string;
  readonly uploads: string;
  readonly temporary: string;

  constructor(folder: string) {
    this.folder = folder;
    this.blobs = join(folder, 'blobs');
    this.repositories = join(folder, 'repositories');
    this.uploads = join(folder, 'uploads');
    this.temporary = join(folder, 'temporary');
  }

  content(digest: string): string {
    const [algorithm = '', hex = ''] = digest.split(':');
    return join(this.blobs, algorithm, hex.slice(0, 2), hex);
  }

  repository(name: string): string {
    return join(this.repositories, ...name.split('/').map(folderOfComponent));
  }

  layers(name: string): string {
    return join(this.repository(name), '_layers');
  }

  manifests(name: string): string {
    return join(this.repository(name), '_manifests');
  }

  tags(name: string): string {
    return join(this.repository(name), '_tags');
  }
}

/** Names that Windows gives to devices, with any extension. */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/;

/** Names that mean one file on every system: not case-folded, no device, no trailing dot. */
const PORTABLE = /^[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_-])?$/;

function folderOfComponent(component: string): string {
  return RESERVED.test(component) ? `=${component}` : component;
}

export function componentOfFolder(folder: string): string {
  return folder.startsWith('=') ? folder.slice(1) : folder;
}

/** `Latest` and `latest` are two tags, also where the file system takes them for one name. */
export function fileOfTag(tag: string): string {
  if (PORTABLE.test(tag) && !RESERVED.test(tag)) return tag;
  return `=${createHash('sha256').update(tag).digest('hex')}`;
}

export function fileOfDigest(digest: string): string {
  return digest.replace(':', '-');
}

export function digestOfFile(file: string): string {
  return file.replace('-', ':');
}
