/** What a request of the registry protocol is about: `/v2/NAME/manifests/REFERENCE` and the like. */
const PROTOCOL =
  /^\/v2\/(.+)\/(?:(?:manifests|blobs|referrers)\/([^/]+)|tags\/list|blobs\/uploads(?:\/.*)?)$/;
/** And of Harbor's API, where slashes are encoded twice. */
const HARBOR =
  /^\/api\/v2\.0\/projects\/([^/]+)\/repositories\/([^/]+)(?:\/artifacts(?:\/([^/]+)(?:\/tags\/([^/]+))?)?)?$/;

/** The repository, tag or digest that a request (`METHOD URL`) was about, as references name it; undefined where it was none. */
export function objectOf(request: string): string | undefined {
  const address = request.slice(request.indexOf(' ') + 1);
  if (!URL.canParse(address)) return undefined;
  const { pathname } = new URL(address);
  const [asked, repository = '', reference] = PROTOCOL.exec(pathname) ?? [];
  if (asked !== undefined) return named(repository, reference);
  const [api, project = '', name = '', digest, tag] = HARBOR.exec(pathname) ?? [];
  if (api === undefined) return undefined;
  return named(`${project}/${decoded(decoded(name))}`, tag ?? digest);
}

function named(repository: string, reference: string | undefined): string {
  if (reference === undefined) return repository;
  return `${repository}${reference.includes(':') ? '@' : ':'}${reference}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
