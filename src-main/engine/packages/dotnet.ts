import { objectOf, textOf } from '../model/json-fields.ts';
import { readDocument } from './document.ts';
import { type FoundPackage, nameOf } from './found.ts';
import { type FileReader, WholeFile } from './reader.ts';

/** Bytes: large programs have some hundred thousand, and a million takes some 20 ms to parse. */
const DOCUMENT_MAX = 1024 * 1024;

/**
 * What a .NET program was built with.
 *
 * @see https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md
 */
export function depsJson(size: number): FileReader {
  return new WholeFile(size, DOCUMENT_MAX, (bytes) => {
    const libraries = objectOf(readDocument(bytes).libraries);
    const found: FoundPackage[] = [];
    for (const key in libraries) {
      const type = textOf(objectOf(libraries[key]).type);
      // Others are the program's own projects.
      if (type !== 'package' && type !== 'runtimepack') continue;
      const slash = key.lastIndexOf('/');
      const name = nameOf(key.slice(0, Math.max(0, slash)).replace(/^runtimepack\./, ''));
      const version = nameOf(key.slice(slash + 1));
      if (name !== undefined && version !== undefined) found.push({ type: 'nuget', name, version });
    }
    return found;
  });
}
