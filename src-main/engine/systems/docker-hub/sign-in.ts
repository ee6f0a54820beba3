import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { RegistryClient } from '../../http/client.ts';
import type { Reply } from '../../http/reply.ts';
import { type CredentialSource, TokenSource } from '../../product/credential-source.ts';
import type { SignInRequest } from '../../product/product-api.ts';

const TOKENS = 'https://app.docker.com/settings/personal-access-tokens';
const TOKEN_BYTES_MAX = 64 * 1024;
const TOKEN = z.string().min(1).max(16_384);
const accessToken = z.object({ access_token: TOKEN });
/** Of the sign-in before it, which stands beside it still. */
const token = z.object({ token: TOKEN });

/** The name that an account signs in with: a person's, or an organisation's where its access token is the password. */
export async function hubName(client: RegistryClient): Promise<string | undefined> {
  return pairOf(await client.basic())?.name;
}

/**
 * An account's name and password, personal access token or organisation access token, for a token of some minutes. Where the
 * account has none, requests go without.
 *
 * @see Docker Hub API reference, "Create access token" (`POST /v2/auth/token`)
 */
export function hubSignIn(client: RegistryClient, send: SignInRequest): CredentialSource {
  const tokens = new TokenSource(() => signIn(client, send));
  const isNobody = async (): Promise<boolean> => (await client.basic()) === undefined;
  return {
    current: async () => ((await isNobody()) ? undefined : await tokens.current()),
    renew: async () => ((await isNobody()) ? undefined : await tokens.renew()),
  };
}

async function signIn(client: RegistryClient, send: SignInRequest): Promise<string> {
  const header = await client.basic();
  const first = await ask(send, header);
  if (first.status !== 401) return await tokenOf(first, send, header);
  // The password may have been changed where it is kept.
  const other = header === undefined ? undefined : await client.basicAfter(header);
  if (other === undefined) throw await refused(first);
  await first.dump();
  const second = await ask(send, other);
  if (second.status === 401) throw await refused(second);
  return await tokenOf(second, send, other);
}

const ask = (send: SignInRequest, header: string | undefined): Promise<Reply> => {
  const pair = pairOf(header);
  return post(send, '/v2/auth/token', { identifier: pair?.name, secret: pair?.password });
};

async function tokenOf(reply: Reply, send: SignInRequest, header: string | undefined): Promise<string> {
  if (reply.status === 200) return (await reply.json(accessToken, TOKEN_BYTES_MAX)).access_token;
  await reply.dump();
  const pair = pairOf(header);
  // Deprecated, and what there was before. @see Docker Hub API reference, "Create an authentication token"
  const older = await post(send, '/v2/users/login', { username: pair?.name, password: pair?.password });
  if (older.status !== 200) throw await refused(older);
  return (await older.json(token, TOKEN_BYTES_MAX)).token;
}

const post = (send: SignInRequest, url: string, body: object): Promise<Reply> =>
  send({
    method: 'POST',
    url,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(body),
    expect: [200, 401, 404],
  });

const refusal = z.object({
  detail: z.string().max(1_000).optional().catch(undefined),
  /** There where the password is right and a second factor is asked for. */
  login_2fa_token: z.string().nullish().catch(undefined),
});

/** @see Docker Hub API reference, "PostUsersLoginErrorResponse" */
async function refused(reply: Reply): Promise<RegistryError> {
  const { status, request } = reply;
  const said = await reply.json(refusal, TOKEN_BYTES_MAX).catch(() => undefined);
  if (said?.login_2fa_token)
    return new RegistryError('unauthorized', request, {
      status,
      reason: `This account has a second factor, which this app does not ask for: create an access token at ${TOKENS} and sign in with it in place of the password.`,
    });
  const own = said?.detail === undefined ? '' : ` (${said.detail})`;
  return new RegistryError('unauthorized', request, {
    status,
    reason: `Docker Hub refuses this name and password${own}. A token may have expired or been revoked; with a second factor or single sign-on it takes an access token only, and an organisation's goes with the organisation's name.`,
  });
}

function pairOf(header: string | undefined): { name: string; password: string } | undefined {
  const encoded = /^Basic (.+)$/.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return { name: text.slice(0, colon), password: text.slice(colon + 1) };
}
