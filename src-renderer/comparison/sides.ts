import type { Account } from '../../src-main/common/account.ts';
import type { ContentPlace } from '../../src-main/common/content.ts';
import type { FilesImage } from '../../src-main/common/files.ts';
import { referenceAt } from '../../src-main/common/place.ts';

/** What is compared: an image of an account, or of a file on this machine. */
export type Side = FilesImage;

/** Both sides as the address has them: as references name them, so that a link means the same to whoever opens it. */
export interface SidesSearch {
  left?: string | undefined;
  right?: string | undefined;
  /** Which account, where several are at the same registry. */
  leftAccount?: string | undefined;
  rightAccount?: string | undefined;
}

/** A side as it is read: the image, or the registry that no account is at. */
export type ReadSide = { side: Side } | { unknown: string };

type Known = Pick<Account, 'id' | 'host'>;

type FilePlace = Exclude<ContentPlace, { kind: 'engine' }>;

/** How references name places outside registries. */
const SCHEMES: Readonly<Record<string, FilePlace['kind']>> = {
  oci: 'ociLayout',
  'oci-archive': 'ociArchive',
  'docker-archive': 'dockerArchive',
};
const ENGINE = 'docker-daemon:';

function hostOf(place: ContentPlace): string {
  if (place.kind === 'engine') return ENGINE;
  const scheme = Object.entries(SCHEMES).find(([, kind]) => kind === place.kind)?.[0] ?? '';
  return `${scheme}:${place.path}`;
}

/** `host/repository:tag`, `host/repository@digest`, `oci:/images:tag`. */
export function sideText(side: Side, accounts: readonly Known[]): string {
  const { repository, reference } = side;
  if ('place' in side)
    return referenceAt({ content: side.place, host: hostOf(side.place) }, repository, reference);
  const host = accounts.find(({ id }) => id === side.accountId)?.host ?? side.accountId;
  return referenceAt({ account: side.accountId, host }, repository, reference);
}

/** The accounts are named only where their registries do not say it. */
export function sidesSearch(
  left: Side | undefined,
  right: Side | undefined,
  accounts: readonly Known[],
): SidesSearch {
  const account = (side: Side | undefined) => {
    if (!side || 'place' in side) return undefined;
    const host = accounts.find(({ id }) => id === side.accountId)?.host;
    return accounts.filter((each) => each.host === host).length > 1 ? side.accountId : undefined;
  };
  return {
    left: left && sideText(left, accounts),
    right: right && sideText(right, accounts),
    leftAccount: account(left),
    rightAccount: account(right),
  };
}

export const DIGEST = /^[a-z0-9+._-]+:[a-f0-9]{32,}$/;
/** `C:\folder` is no tag. */
const DRIVE = /^[A-Za-z]:[\\/]/;

/** Reads what {@link sideText} writes, or what somebody wrote by hand. Undefined where it names no image. */
export function readSide(
  text: string,
  accounts: readonly Known[],
  accountId?: string | undefined,
): ReadSide | undefined {
  const written = text.trim();
  const [, scheme = '', rest = ''] = /^([a-z-]+):(.*)$/s.exec(written) ?? [];
  const kind = SCHEMES[scheme];
  if (kind !== undefined) return readOutside(kind, rest);
  if (written.startsWith(ENGINE)) {
    const name = written.slice(ENGINE.length);
    const image = DIGEST.test(name) ? { repository: '', reference: name } : nameIn(name);
    return image && { side: { place: { kind: 'engine' }, ...image } };
  }
  const slash = written.indexOf('/');
  if (slash <= 0) return undefined;
  const host = written.slice(0, slash).toLowerCase();
  const image = nameIn(written.slice(slash + 1));
  if (!image || image.repository === '') return undefined;
  const there = accounts.filter((each) => each.host.toLowerCase() === host);
  const account = there.find(({ id }) => id === accountId) ?? there[0];
  return account ? { side: { accountId: account.id, ...image } } : { unknown: host };
}

function readOutside(kind: FilePlace['kind'], rest: string): ReadSide | undefined {
  const at = rest.lastIndexOf('@');
  const isDigest = at > 0 && DIGEST.test(rest.slice(at + 1));
  const colon = isDigest ? at : rest.indexOf(':', DRIVE.test(rest) ? 2 : 0);
  if (colon <= 0) return undefined;
  const place = { kind, path: rest.slice(0, colon) } as FilePlace;
  const name = rest.slice(colon + 1);
  const image = isDigest
    ? { repository: '', reference: name }
    : (nameIn(name) ?? { repository: '', reference: name });
  return name === '' ? undefined : { side: { place, ...image } };
}

/** `repository:tag` or `repository@digest`. */
function nameIn(text: string): { repository: string; reference: string } | undefined {
  const at = text.lastIndexOf('@');
  if (at > 0 && DIGEST.test(text.slice(at + 1)))
    return { repository: text.slice(0, at), reference: text.slice(at + 1) };
  const colon = text.indexOf(':', text.lastIndexOf('/') + 1);
  if (colon <= 0 || colon === text.length - 1) return undefined;
  return { repository: text.slice(0, colon), reference: text.slice(colon + 1) };
}
