/**
 * The strict grammar of names, tags and digests. Everything that becomes part of a path has passed it: no component can
 * be empty, hidden, `.` or `..`.
 *
 * @see OCI distribution-spec 1.1, "Pulling manifests"; image-spec 1.1, "Digests"
 */
const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const NAME = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/** Host and name share 255 characters in most clients, so a longer name could be pushed and never pulled. */
const MAX_NAME_LENGTH = 255;

export function isName(text: string): boolean {
  return text.length <= MAX_NAME_LENGTH && NAME.test(text);
}

export function isTag(text: string): boolean {
  return TAG.test(text);
}

/** True for the two algorithms the registry can verify: sha256 and sha512, in lower-case hex. */
export function isDigest(text: string): boolean {
  return DIGEST.test(text);
}
