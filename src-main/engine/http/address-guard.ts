import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/**
 * What an address may be for a purpose. `own`: the registry the user named, wherever it is, except where no registry can be.
 * `public`: where a registry sends us (token service, redirect, upload location) without the user having approved it.
 */
export type AddressPolicy = 'own' | 'public';

/** Cloud metadata, link-local, unspecified, multicast: no registry lives there, and asking there can cost a machine's keys. */
const never = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // Alibaba Cloud's and Azure's metadata services lie outside the link-local range.
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['192.0.0.192', 32],
] as const)
  never.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 128],
  ['fe80::', 10],
  ['ff00::', 8],
  ['fd00:ec2::', 32],
  ['fd20:ce::', 32],
] as const)
  never.addSubnet(network, prefix, 'ipv6');

const internal = new BlockList();
for (const [network, prefix] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
] as const)
  internal.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fec0::', 10],
] as const)
  internal.addSubnet(network, prefix, 'ipv6');

/** Error code of a connection that the guard refused; `transportFailure` turns it into `addressRefused`. */
export const ADDRESS_REFUSED = 'WHARFINGER_ADDRESS_REFUSED';

class AddressRefused extends Error {
  readonly code = ADDRESS_REFUSED;

  constructor(
    message: string,
    /** The user may say that the host is theirs. */
    readonly approvable: boolean,
  ) {
    super(message);
  }
}

export function isApprovable(error: unknown): boolean {
  return error instanceof AddressRefused && error.approvable;
}

/** The IPv4 address inside an IPv6 one (mapped, compatible, NAT64, 6to4), which is where the packets would go. */
function embeddedIPv4(address: string): string | undefined {
  const groups = expandIPv6(address);
  if (!groups) return undefined;
  const dotted = (high: number, low: number): string => `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  const [g0 = 0, g1 = 0, g2 = 0, , , g5 = 0, g6 = 0, g7 = 0] = groups;
  const zeros = (from: number, to: number): boolean => groups.slice(from, to).every((group) => group === 0);
  if (zeros(0, 5) && (g5 === 0xffff || g5 === 0) && (g6 !== 0 || g7 > 1)) return dotted(g6, g7);
  if (g0 === 0x64 && g1 === 0xff9b) return dotted(g6, g7);
  if (g0 === 0x2002) return dotted(g1, g2);
  return undefined;
}

function expandIPv6(address: string): number[] | undefined {
  let text = address.split('%', 1)[0] ?? '';
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  if (dotted) {
    const [, head = '', a = '', b = '', c = '', d = ''] = dotted;
    text = `${head}${((Number(a) << 8) | Number(b)).toString(16)}:${((Number(c) << 8) | Number(d)).toString(16)}`;
  }
  const [left = '', right] = text.split('::', 2);
  const read = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const head = read(left);
  const tail = right === undefined ? [] : read(right);
  const missing = 8 - head.length - tail.length;
  if (right === undefined ? missing !== 0 : missing < 0) return undefined;
  return [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

/** Whether a connection to this address may be made. */
export function isAllowedAddress(address: string, policy: AddressPolicy): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  const bare = address.split('%', 1)[0] ?? address;
  if (family === 6) {
    const inner = embeddedIPv4(bare);
    if (inner !== undefined && !isAllowedAddress(inner, policy)) return false;
  }
  const kind = family === 6 ? 'ipv6' : 'ipv4';
  if (never.check(bare, kind)) return false;
  return policy === 'own' || !internal.check(bare, kind);
}

/** Names that mean this machine or a cloud's metadata service whatever a resolver (or a proxy's resolver) answers. */
const METADATA_NAMES = new Set(['metadata', 'metadata.google.internal', 'metadata.goog', 'instance-data']);

/**
 * Checks what is known before resolving: literal addresses and well-known names. For a connection through a proxy this is
 * all there is, since the proxy resolves.
 *
 * @throws {AddressRefused}
 */
export function guardHostname(hostname: string, policy: AddressPolicy): void {
  const bare = hostname
    .replace(/^\[|\]$/g, '')
    .toLowerCase()
    .replace(/\.$/, '');
  const refused = isIP(bare)
    ? !isAllowedAddress(bare, policy)
    : METADATA_NAMES.has(bare) ||
      (policy === 'public' && (bare === 'localhost' || bare.endsWith('.localhost')));
  if (refused) throw refusal(bare, bare);
}

function refusal(hostname: string, address: string): AddressRefused {
  const place = hostname === address ? hostname : `${hostname} (${address})`;
  const approvable = isIP(address) ? isAllowedAddress(address, 'own') : !METADATA_NAMES.has(address);
  const words = `${place} is not an address a registry may send us to`;
  return new AddressRefused(
    approvable ? `${words}; approve the host if it is yours.` : `${words}.`,
    approvable,
  );
}

/**
 * A `lookup` for sockets that checks each resolved address at connect time, so that a name cannot be checked as one address
 * and connected as another (DNS rebinding). Refused addresses are dropped; it fails where none is left.
 */
export function guardedLookup(policy: AddressPolicy): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, [], undefined);
      const allowed = addresses.filter(({ address }) => isAllowedAddress(address, policy));
      const first: LookupAddress | undefined = allowed[0];
      if (!first) return callback(refusal(hostname, addresses[0]?.address ?? hostname), [], undefined);
      if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}
