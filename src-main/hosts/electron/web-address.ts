/**
 * An address of the web, as a browser may be given it: `http:` or `https:`, without a user and password, in ASCII (names of other
 * scripts in their `xn--` form). Undefined for anything else: other schemes start programs.
 */
export function webAddress(text: string): URL | undefined {
  const address = URL.parse(text);
  if (address === null || !['http:', 'https:'].includes(address.protocol)) return undefined;
  return address.username === '' && address.password === '' ? address : undefined;
}
