import { ServiceError } from '../errors.ts';
import { failureOf } from '../failure.ts';
import type { Failure, FoundSignIn } from '../types.ts';
import {
  type AuthFile,
  authFilePlaces,
  hostOfKey,
  keyOfHost,
  plainCredentials,
  readAuthFile,
  signInId,
} from './auth-file.ts';
import { type FoundCredentials, helperGet, helperList } from './credential-helper.ts';

export type { FoundCredentials } from './credential-helper.ts';

/** A sign-in and where its secret is to be asked for. */
interface Place {
  found: Omit<FoundSignIn, 'known'>;
  read: () => Promise<FoundCredentials | undefined>;
}

/** Docker's and Podman's own sign-ins: found, imported, or used as they are. Their files are never written. */
export class SignIns {
  readonly #environment: NodeJS.ProcessEnv;

  constructor(environment: NodeJS.ProcessEnv) {
    this.#environment = environment;
  }

  /** All that can be found without asking a helper for a secret. */
  async find(): Promise<{ places: Place[]; problems: Failure[] }> {
    const places: Place[] = [];
    const problems: Failure[] = [];
    for (const { origin, file } of authFilePlaces(this.#environment)) {
      try {
        const content = await readAuthFile(origin, file);
        if (content) await this.#collect(content, places, problems);
      } catch (error) {
        problems.push(failureOf(error));
      }
    }
    return { places, problems };
  }

  /**
   * Credentials for a host as `docker` and `podman` themselves would use them: `credHelpers` before `credsStore` before
   * `auths`, Docker's file before Podman's.
   *
   * @throws ServiceError `credentialHelper`: a helper that fails is no reason to look elsewhere
   */
  async lookup(host: string): Promise<FoundCredentials | undefined> {
    for (const { origin, file } of authFilePlaces(this.#environment)) {
      const content = await readAuthFile(origin, file);
      if (!content) continue;
      const helper = [...content.credHelpers].find(([key]) => hostOfKey(key) === host);
      const store = helper
        ? { name: helper[1], key: helper[0] }
        : content.credsStore && { name: content.credsStore, key: keyOfHost(host) };
      const found = store
        ? await helperGet(store.name, store.key, { environment: this.#environment })
        : [...content.auths]
            .filter(([key]) => hostOfKey(key) === host)
            .map(([, auth]) => asFound(plainCredentials(auth)))
            .find((credentials) => credentials !== undefined);
      if (found) return found;
    }
    return undefined;
  }

  async #collect(file: AuthFile, places: Place[], problems: Failure[]): Promise<void> {
    const environment = this.#environment;
    const covered = new Set<string>();
    const add = (place: Omit<Place['found'], 'id' | 'origin' | 'file'>, key: string, read: Place['read']) => {
      if (place.host === '' || covered.has(key)) return;
      covered.add(key);
      const id = signInId(file.origin, file.file, place.via, key);
      places.push({ found: { id, origin: file.origin, file: file.file, ...place }, read });
    };
    for (const [key, helper] of file.credHelpers) {
      add({ via: 'credHelpers', helper, host: hostOfKey(key) }, key, () =>
        helperGet(helper, key, { environment }),
      );
    }
    const store = file.credsStore;
    if (!store) {
      for (const [key, auth] of file.auths) {
        const credentials = asFound(plainCredentials(auth));
        if (!credentials) continue;
        const username = credentials.kind === 'password' ? { username: credentials.username } : {};
        add({ via: 'auths', host: hostOfKey(key), ...username }, key, async () => credentials);
      }
      return;
    }
    let servers: ReadonlyMap<string, string> = new Map();
    let failure: Failure | undefined;
    try {
      servers = await helperList(store, { environment });
    } catch (error) {
      failure = failureOf(error);
      problems.push(failure);
    }
    // Docker leaves an empty entry in `auths` for what it gave to the store.
    for (const key of new Set([...servers.keys(), ...file.auths.keys()])) {
      const username = servers.get(key);
      const named = username && username !== '<token>' ? { username } : {};
      add(
        { via: 'credsStore', helper: store, host: hostOfKey(key), ...named, ...(failure ? { failure } : {}) },
        key,
        () => helperGet(store, key, { environment }),
      );
    }
  }
}

function asFound(
  credentials: { username: string; password: string } | { token: string } | undefined,
): FoundCredentials | undefined {
  if (!credentials) return undefined;
  return 'token' in credentials
    ? { kind: 'identityToken', token: credentials.token }
    : { kind: 'password', ...credentials };
}

/** @throws ServiceError `credentialHelper` if the place holds nothing any more */
export async function credentialsOf(place: Place): Promise<FoundCredentials> {
  const credentials = await place.read();
  if (!credentials) {
    throw new ServiceError('credentialHelper', `There is no sign-in for ${place.found.host} any more.`);
  }
  return credentials;
}
