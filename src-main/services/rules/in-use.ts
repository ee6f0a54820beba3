import { setImmediate as turn } from 'node:timers/promises';
import { isMap, isScalar, parseDocument, visit, type YAMLMap } from 'yaml';
import { type InUse, isDigest, parseReference, RegistryError } from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import { textsOfJson } from './json-texts.ts';

/** Most names that cannot be read that are told. */
const TOLD = 3;

/**
 * What runs, from what people have of it: `kubectl get … -o json`, a Compose file, the output of `helm template` or `helm get manifest`
 * (any YAML that names images), or a list of references and digests.
 *
 * Nothing is passed over: an image whose name cannot be read, or a text that names none, is refused, for what is not thought to be in
 * use may be deleted.
 *
 * @throws ServiceError `invalidInput`
 */
export async function readInUse(text: string, signal?: AbortSignal): Promise<InUse> {
  const digests = new Set<string>();
  const names = new Set<string>();
  const unread = new Set<string>();
  for await (const name of imagesIn(text, signal)) {
    const read = imageOf(name);
    if (!read) unread.add(name);
    if (read?.digest !== undefined) digests.add(read.digest);
    if (read?.name !== undefined) names.add(read.name);
  }
  if (unread.size > 0) throw unreadable([...unread]);
  if (digests.size + names.size === 0) throw new ServiceError('invalidInput', 'It names no image.');
  return { digests, names };
}

function unreadable(names: readonly string[]): ServiceError {
  const some = names.slice(0, TOLD).map((name) => JSON.stringify(name.slice(0, 200)));
  const more = names.length > TOLD ? ` and ${names.length - TOLD} more` : '';
  return new ServiceError(
    'invalidInput',
    `${some.join(', ')}${more} cannot be read as an image. Of a Compose file with variables, take the output of docker compose config.`,
  );
}

/** Names of images as a text has them. @throws ServiceError `invalidInput` where it cannot be read */
export async function* imagesIn(
  text: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<string, void, void> {
  const start = text.trimStart();
  if (start.startsWith('{') || start.startsWith('[')) {
    for await (const name of textsOfJson(text, namesImage, signal)) if (name !== '') yield name;
    return;
  }
  const lines = text.replace(/(^|\s)#.*$/gm, '');
  // A key of YAML ends with a colon, and documents begin with dashes.
  const isYaml = /^\s*---|:(?=\s|$)/m.test(lines);
  if (isYaml) yield* imagesOfYaml(text, signal);
  else yield* lines.split(/[\s,]+/).filter((word) => word !== '' && word !== '-');
}

/** As Kubernetes has them: of a container, of what it runs by now, of a volume. */
function namesImage(key: string, parent: string): boolean {
  return key === 'image' || key === 'imageID' || (key === 'reference' && parent === 'image');
}

/** Document by document, each in a turn of its own. */
async function* imagesOfYaml(
  text: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<string, void, void> {
  for (const part of text.split(/^---(?=\s|$)/m)) {
    await turn();
    signal?.throwIfAborted();
    const document = parseDocument(part, { prettyErrors: false });
    const [broken] = document.errors;
    if (broken) throw new ServiceError('invalidInput', `It is no YAML. ${broken.message}`);
    const found: string[] = [];
    visit(document, {
      Pair(_, { key, value }) {
        if (!isScalar(key) || (key.value !== 'image' && key.value !== 'imageID')) return;
        if (isScalar(value) && value.value !== null && value.value !== '') found.push(String(value.value));
        if (isMap(value)) found.push(...imageOfParts(value));
      },
    });
    yield* found;
  }
}

/** As charts and their resources write it in parts; nothing where it is something else that is called so, as a schema is. */
function imageOfParts(parts: YAMLMap): string[] {
  const text = (key: string): string => {
    const value: unknown = parts.get(key);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const [registry, repository, tag, digest, reference] = [
    'registry',
    'repository',
    'tag',
    'digest',
    'reference',
  ].map(text);
  if (reference) return [reference];
  if (!repository) return [];
  return [
    `${registry ? `${registry}/` : ''}${repository}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`,
  ];
}

/** Without the scheme that Kubernetes puts before it; a digest alone may be that of a config. */
function imageOf(text: string): { digest?: string; name?: string } | undefined {
  const reference = text.replace(/^[a-z-]+:\/\//, '');
  if (isDigest(reference)) return { digest: reference };
  try {
    const { repository, tag, digest } = parseReference(reference);
    if (digest !== undefined && tag === undefined) return { digest };
    const name = `${repository}:${tag ?? 'latest'}`;
    return digest === undefined ? { name } : { digest, name };
  } catch (error) {
    if (error instanceof RegistryError) return undefined;
    throw error;
  }
}
