/**
 * Whether a host name (without port, an IPv6 address with or without brackets) is this machine's: registries usually speak plain
 * HTTP there, no one can listen on the way, and no proxy leads to it.
 */
export function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)
  );
}
