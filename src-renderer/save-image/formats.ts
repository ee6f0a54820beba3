import type { ContentPlace } from '../../src-main/common/content.ts';

/** What an image can be saved as. */
export type SaveFormat = Exclude<ContentPlace['kind'], 'engine'>;

export const FORMATS: readonly SaveFormat[] = ['ociArchive', 'dockerArchive', 'ociLayout'];

/** `C:\…` and `\\server\…` too. What begins elsewhere would depend on where the program was started. */
export function isWholePath(path: string): boolean {
  return /^(?:\/|[A-Za-z]:[\\/]|\\\\)./.test(path.trim());
}

/** A file name for a tag or digest of a repository; a folder's has no ending. */
export function suggestedName(format: SaveFormat, repository: string, reference: string): string {
  const last = repository.split('/').at(-1) ?? '';
  const name = `${last.slice(0, 100)}-${reference.replace(/^\w+:/, '').slice(0, 64)}`
    // What odd registries allow, file systems may not.
    .replaceAll(/[^\w.-]/g, '-')
    .replace(/^\W/, '_');
  return format === 'ociLayout' ? name : `${name}.tar`;
}

/** What an image is called where it is saved: by its tag alone, or as `docker load` calls it afterwards. */
export function nameInside(
  format: SaveFormat,
  host: string,
  repository: string,
  tag: string,
): { repository: string; tag: string } {
  return { repository: format === 'dockerArchive' ? `${host}/${repository}` : '', tag };
}
