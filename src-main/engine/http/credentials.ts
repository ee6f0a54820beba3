/** What a registry is signed in to with. */
export type Credentials = (
  | { kind: 'password'; username: string; password: string }
  /** An identity (refresh) token for the registry's token service. */
  | { kind: 'identityToken'; token: string }
) & {
  /** When they end, as far as they say so themselves; Unix time in milliseconds. */
  expires?: number | undefined;
};

/** What a request was sent with, to distinguish a refusal from a stale token. */
export interface Authorization {
  header: string;
  scheme: 'basic' | 'bearer';
  /** Of a token: where from and for what. */
  key?: string;
}

export function basicPair(username: string, password: string): string {
  return Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
}

/** Texts that must appear nowhere. */
export function secretsOf(credentials: Credentials | undefined): readonly string[] {
  if (!credentials) return [];
  return credentials.kind === 'password'
    ? [credentials.password, basicPair(credentials.username, credentials.password)]
    : [credentials.token];
}
