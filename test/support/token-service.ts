import { randomUUID, verify as verifySignature, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { text } from 'node:stream/consumers';
import { decodeJwt, importPKCS8, SignJWT } from 'jose';
import { type CertificateAndKey, makeCertificates } from './certificates.ts';
import { whenFinished } from './cleanup.ts';

/** What someone may do: actions by `type:name`, where the name `*` means every name without an entry of its own. */
type Rights = Readonly<Record<string, readonly string[]>>;

interface TokenUser {
  readonly password: string;
  readonly rights: Rights;
}

/** One entry of a token's `access` claim. */
interface Access {
  readonly type: string;
  readonly name: string;
  readonly actions: readonly string[];
}

/** A request the service answered. Passwords and tokens are not kept. */
interface TokenRequest {
  readonly method: string;
  readonly status: number;
  readonly grant: 'anonymous' | 'password' | 'refresh_token';
  readonly user: string | null;
  readonly service: string | null;
  readonly scopes: readonly string[];
}

interface TokenServiceOptions {
  readonly users?: Readonly<Record<string, TokenUser>>;
  /** What a token asked for without credentials allows; by default nothing. */
  readonly anonymous?: Rights;
  /** Serves https with this certificate; else http. */
  readonly tls?: CertificateAndKey;
}

export interface TokenService {
  readonly realm: string;
  readonly service: string;
  readonly issuer: string;
  /** PEM for a registry's `rootcertbundle`: tokens carry a certificate that this authority signed. */
  readonly rootCertificate: string;
  readonly requests: readonly TokenRequest[];
  clearRequests(): void;
  /** True answers 404 to POST, as services do that know only the older form. */
  getOnly: boolean;
  /** Seconds a token is good for, said in `expires_in`; null leaves `expires_in` out (which means 60). */
  expiresIn: number | null;
  /** Refuses every refresh token given out so far. */
  revokeRefreshTokens(): void;
  /** A refresh (identity) token of that user, as if by `offline_token=true`. */
  refreshToken(user: string): string;
  /** A token made without a request. */
  token(user: string, scopes: readonly string[]): Promise<string>;
  /** Whether a token of this service allows that; shaped for the local registry's `auth.verify`. */
  check(token: string, need: Access): 'ok' | 'invalid' | 'insufficient';
  close(): Promise<void>;
}

/** Basic credentials, `null` where there are none, `undefined` where the header is not well formed. */
function basicCredentials(header: string | undefined): { user: string; password: string } | null | undefined {
  if (header === undefined) return null;
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/.exec(header)?.[1];
  if (encoded === undefined) return undefined;
  const plain = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = plain.indexOf(':');
  return colon < 0 ? undefined : { user: plain.slice(0, colon), password: plain.slice(colon + 1) };
}

/** What of the scopes the rights allow. A scope is `type[(class)]:name:actions`; names may hold colons (host:port/name). */
function grantedAccess(scopes: readonly string[], rights: Rights): Access[] {
  return scopes.flatMap((scope) => {
    const parts = /^([a-z]+)(?:\([a-z]+\))?:(.+):([a-z,*]+)$/.exec(scope);
    if (parts === null) return [];
    const [, type = '', name = '', asked = ''] = parts;
    const allowed = rights[`${type}:${name}`] ?? rights[`${type}:*`] ?? [];
    const actions = asked.split(',').filter((action) => allowed.includes(action));
    return actions.length === 0 ? [] : [{ type, name, actions }];
  });
}

/**
 * A token service as the distribution specification's "Token Authentication" describes it, GET and POST, for tests. It closes by
 * itself when the test or the file ends.
 */
export async function startTokenService({
  users = {},
  anonymous = {},
  tls,
}: TokenServiceOptions = {}): Promise<TokenService> {
  const service = 'wharfinger.test';
  const issuer = 'wharfinger test token service';
  const { authority, tokenSigner } = await makeCertificates();
  const signingKey = await importPKCS8(tokenSigner.key, 'ES256');
  const signingCertificate = new X509Certificate(tokenSigner.certificate);
  const requests: TokenRequest[] = [];
  const refreshTokens = new Map<string, string>();

  const rightsOf = (user: string | null) => (user === null ? anonymous : (users[user]?.rights ?? {}));

  const makeToken = (user: string | null, scopes: readonly string[]): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ access: grantedAccess(scopes, rightsOf(user)) })
      .setProtectedHeader({ alg: 'ES256', typ: 'JWT', x5c: [signingCertificate.raw.toString('base64')] })
      .setIssuer(issuer)
      .setSubject(user ?? '')
      .setAudience(service)
      .setIssuedAt(now)
      .setNotBefore(now - 10)
      .setExpirationTime(now + (state.expiresIn ?? 60))
      .setJti(randomUUID())
      .sign(signingKey);
  };

  const makeRefreshToken = (user: string): string => {
    const token = `refresh-${randomUUID()}`;
    refreshTokens.set(token, user);
    return token;
  };

  /** Null for a token that is forged, expired or for another service. Synchronous, as the local registry's `verify` is. */
  const accessOf = (token: string): readonly Access[] | null => {
    const signed = token.slice(0, token.lastIndexOf('.'));
    const signature = Buffer.from(token.slice(signed.length + 1), 'base64url');
    const key = { key: signingCertificate.publicKey, dsaEncoding: 'ieee-p1363' } as const;
    if (!verifySignature('sha256', Buffer.from(signed), key, signature)) return null;
    const claims = decodeJwt<{ access: readonly Access[] }>(token);
    const good = claims.iss === issuer && claims.aud === service && (claims.exp ?? 0) * 1000 > Date.now();
    return good ? claims.access : null;
  };

  const state: TokenService = {
    realm: '',
    service,
    issuer,
    rootCertificate: authority,
    requests,
    clearRequests: () => void requests.splice(0),
    getOnly: false,
    expiresIn: 300,
    revokeRefreshTokens: () => refreshTokens.clear(),
    refreshToken: makeRefreshToken,
    token: makeToken,
    check(token, need) {
      const access = accessOf(token);
      if (access === null) return 'invalid';
      const given =
        access.find((entry) => entry.type === need.type && entry.name === need.name)?.actions ?? [];
      return need.actions.every((action) => given.includes(action)) ? 'ok' : 'insufficient';
    },
    async close() {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };

  const reply = (response: ServerResponse, status: number, body: object, headers = {}) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    return status;
  };
  const expiry = () => ({
    ...(state.expiresIn === null ? {} : { expires_in: state.expiresIn }),
    issued_at: new Date().toISOString(),
  });
  const isPassword = (user: string, password: string) => users[user]?.password === password;

  const answerGet = async (request: IncomingMessage, response: ServerResponse, query: URLSearchParams) => {
    const credentials = basicCredentials(request.headers.authorization);
    const scopes = query.getAll('scope');
    const user = credentials?.user ?? null;
    const known =
      credentials === null ||
      (credentials !== undefined && isPassword(credentials.user, credentials.password));
    const status = known
      ? reply(response, 200, {
          token: await makeToken(user, scopes),
          ...expiry(),
          ...(user !== null && query.get('offline_token') === 'true'
            ? { refresh_token: makeRefreshToken(user) }
            : {}),
        })
      : reply(
          response,
          401,
          { errors: [{ code: 'UNAUTHORIZED', message: 'incorrect username or password' }] },
          { 'www-authenticate': 'Basic realm="token service"' },
        );
    const grant = user === null ? 'anonymous' : 'password';
    requests.push({ method: 'GET', status, grant, user, service: query.get('service'), scopes });
  };

  const answerPost = async (request: IncomingMessage, response: ServerResponse) => {
    const form = new URLSearchParams(await text(request));
    const scopes = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
    const grant = form.get('grant_type') === 'refresh_token' ? 'refresh_token' : 'password';
    const user =
      grant === 'password'
        ? form.get('username')
        : (refreshTokens.get(form.get('refresh_token') ?? '') ?? null);
    const known =
      user !== null && (grant === 'refresh_token' || isPassword(user, form.get('password') ?? ''));
    let status: number;
    if (state.getOnly)
      status = reply(response, 404, { errors: [{ code: 'NOT_FOUND', message: 'no such page' }] });
    else if (!known)
      status = reply(response, 401, { error: 'invalid_grant', error_description: 'not signed in' });
    else {
      status = reply(response, 200, {
        access_token: await makeToken(user, scopes),
        scope: scopes.join(' '),
        ...expiry(),
        ...(form.get('access_type') === 'offline' ? { refresh_token: makeRefreshToken(user) } : {}),
      });
    }
    requests.push({ method: 'POST', status, grant, user, service: form.get('service'), scopes });
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname !== '/token') reply(response, 404, {});
    else if (request.method === 'GET') await answerGet(request, response, url.searchParams);
    else if (request.method === 'POST') await answerPost(request, response);
    else reply(response, 405, {});
  };
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  };
  const server =
    tls === undefined
      ? createHttpServer(listener)
      : createHttpsServer({ cert: tls.certificate, key: tls.key }, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  whenFinished(() => state.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The token service has no port');
  const realm = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${address.port}/token`;
  return Object.assign(state, { realm });
}
