/** Names of what is kept secret; `AUTHOR` and `KEYBOARD` are none. */
const NAMES =
  /(?:pass(?:word|wd|phrase)?|pwd|secret|token|credentials?|api_?key|access_?key|private_?key|auth|authorization|signing_?key|encryption_?key)$/i;
/** Values that are one whatever their name: keys in PEM, of cloud providers and code hosts, JSON web tokens, addresses with a password. */
const VALUES =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[oprsu]_\w{30,}|\bglpat-[\w-]{20,}|\bxox[abprs]-[\w-]{10,}|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.|\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i;
/** What an instruction sets: `TOKEN=…`, `--password …`, `ENV TOKEN …`. */
const SET = /(?<=^|[\s|"'(])(?:--?([\w.-]+)(?=[=\s]\s*\S)|([A-Za-z_][\w.-]*)(?==\S)|ENV\s+(\w+)(?=\s+\S))/g;

/** Whether a value, by its name or by its looks, may be something that is not for every eye. */
export function isSecretLooking(name: string, value: string): boolean {
  return value !== '' && (NAMES.test(name.replaceAll(/[.-]/g, '_')) || VALUES.test(value));
}

/** The same of an instruction of a build, which may set some. */
export function holdsSecret(instruction: string): boolean {
  if (VALUES.test(instruction)) return true;
  for (const [, flag, variable, old] of instruction.matchAll(SET)) {
    const name = flag ?? variable ?? old ?? '';
    if (NAMES.test(name.replaceAll(/[.-]/g, '_'))) return true;
  }
  return false;
}
