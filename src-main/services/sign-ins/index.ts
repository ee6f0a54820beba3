import type { FoundSignIn } from '../../common/account.ts';
import type { Failure } from '../../common/failure.ts';
import { ServiceError } from '../errors.ts';
import { failureOf } from '../failure.ts';
import { type AuthFile, authFilePlaces, plainCredentials, readAuthFile, signInId } from './auth-file.ts';
import { fits, keyOfHost, readAuthKey, type SignInPlace } from './auth-key.ts';
import { type FoundCredentials, helperGet, helperList } from './credential-helper.ts';

export type { SignInPlace } from './auth-key.ts';
export type { FoundCredentials } from './credential-helper.ts';
export { withStatedEnd } from './stated-end.ts';

/** A sign-in and where its secret is to be asked for. */
interface Place {
  found: Omit<FoundSignIn, 'known'>;
  read: () => Promise<FoundCredentials | undefined>;
}

/** Where a file may hold the credentials for a place. */
interface Candidate {
  path: string;
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
    for await (const file of this.#files(problems)) await this.#collect(file, places, problems);
    return { places, problems };
  }

  /**
   * Credentials for a place as `docker` and `podman` themselves would use them: the key of the smallest part of the registry
   * first, then `credHelpers` before `credsStore` before `auths`, Docker's file before Podman's. `problems`: what could not be
   * read on the way and may have held some.
   *
   * @throws ServiceError `credentialHelper`: a helper that fails is no reason to look elsewhere (CVE-2021-41092)
   */
  async lookup(place: SignInPlace): Promise<{ found: FoundCredentials | undefined; problems: Failure[] }> {
    const problems: Failure[] = [];
    for await (const file of this.#files(problems)) {
      for (const { read } of this.#candidates(file, place, problems)) {
        const found = await read();
        if (found) return { found, problems };
      }
    }
    return { found: undefined, problems };
  }

  /** What is now at a place that was found before; undefined where it is gone. @throws ServiceError `credentialHelper` */
  async readAgain(id: string): Promise<FoundCredentials | undefined> {
    const { places } = await this.find();
    return await places.find(({ found }) => found.id === id)?.read();
  }

  /** The files that there are; one that cannot be read is a problem and no reason to do without the others. */
  async *#files(problems: Failure[]): AsyncGenerator<AuthFile> {
    for (const { origin, file } of authFilePlaces(this.#environment)) {
      let content: AuthFile | undefined;
      try {
        content = await readAuthFile(origin, file);
      } catch (error) {
        problems.push(failureOf(error));
      }
      if (content) yield content;
    }
  }

  #candidates(file: AuthFile, place: SignInPlace, problems: Failure[]): Candidate[] {
    const environment = this.#environment;
    const helpers: Candidate[] = [];
    const plain: Candidate[] = [];
    let listed = false;
    for (const [key, helper] of file.credHelpers) {
      const known = readAuthKey(key);
      if (known && fits(known, place))
        helpers.push({ path: known.path, read: () => helperGet(helper, key, { environment }) });
    }
    for (const [key, auth] of file.auths) {
      const known = readAuthKey(key);
      if (!known || !fits(known, place)) continue;
      listed = true;
      // What is listed for a whole registry is kept by the store.
      if (file.credsStore !== undefined && known.path === '') continue;
      if (auth === 'unreadable') problems.push(unreadable(file, key));
      else plain.push({ path: known.path, read: async () => plainCredentials(auth) });
    }
    const { credsStore } = file;
    const store: Candidate[] =
      credsStore === undefined
        ? []
        : [{ path: '', read: () => this.#askStore(credsStore, place.host, listed, problems) }];
    return [...helpers, ...store, ...plain].sort((a, b) => b.path.length - a.path.length);
  }

  /** A store that fails ends it for the registries that Docker gave to it, which it lists; for others that is a problem to be reported. */
  async #askStore(
    store: string,
    host: string,
    listed: boolean,
    problems: Failure[],
  ): Promise<FoundCredentials | undefined> {
    try {
      return await helperGet(store, keyOfHost(host), { environment: this.#environment });
    } catch (error) {
      if (listed) throw error;
      problems.push(failureOf(error));
      return undefined;
    }
  }

  async #collect(file: AuthFile, places: Place[], problems: Failure[]): Promise<void> {
    const environment = this.#environment;
    const covered = new Set<string>();
    const add = (
      place: Omit<Place['found'], 'id' | 'origin' | 'file' | 'host'>,
      key: string,
      read: Place['read'],
    ) => {
      const host = readAuthKey(key)?.host ?? '';
      if (host === '' || covered.has(key)) return;
      covered.add(key);
      const id = signInId(file.origin, file.file, place.via, key);
      places.push({ found: { id, origin: file.origin, file: file.file, host, ...place }, read });
    };
    for (const [key, helper] of file.credHelpers)
      add({ via: 'credHelpers', helper }, key, () => helperGet(helper, key, { environment }));
    const store = file.credsStore;
    for (const [key, auth] of file.auths) {
      if (auth === 'unreadable') problems.push(unreadable(file, key));
      if (auth === 'unreadable' || (store !== undefined && readAuthKey(key)?.path === '')) continue;
      const credentials = plainCredentials(auth);
      if (!credentials) continue;
      const username = credentials.kind === 'password' ? { username: credentials.username } : {};
      add({ via: 'auths', ...username }, key, async () => credentials);
    }
    if (store === undefined) return;
    let servers: ReadonlyMap<string, string> = new Map();
    let failure: Failure | undefined;
    try {
      servers = await helperList(store, { environment });
    } catch (error) {
      failure = failureOf(error);
      problems.push(failure);
    }
    // Docker leaves an empty entry in `auths` for what it gave to the store.
    const listed = [...file.auths.keys()].filter((key) => readAuthKey(key)?.path === '');
    for (const key of new Set([...servers.keys(), ...listed])) {
      const username = servers.get(key);
      const named = username && username !== '<token>' ? { username } : {};
      add({ via: 'credsStore', helper: store, ...named, ...(failure ? { failure } : {}) }, key, () =>
        helperGet(store, key, { environment }),
      );
    }
  }
}

/** Tells the host and nothing of the entry. */
function unreadable({ file }: AuthFile, key: string): Failure {
  return failureOf(
    new ServiceError(
      'invalidInput',
      `The sign-in for ${readAuthKey(key)?.host ?? key} in ${file} cannot be read.`,
    ),
  );
}

/** @throws ServiceError `credentialHelper` if the place holds nothing any more */
export async function credentialsOf(place: Place): Promise<FoundCredentials> {
  const credentials = await place.read();
  if (!credentials) {
    throw new ServiceError('credentialHelper', `There is no sign-in for ${place.found.host} any more.`);
  }
  return credentials;
}
