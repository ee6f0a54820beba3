import type { AccountSettings } from '../../common/account.ts';
import type { Credentials, RegistryOptions } from '../../engine/index.ts';
import { withStatedEnd } from '../sign-ins/index.ts';
import type { SecretTexts } from '../sign-ins/secrets.ts';

/** How a registry is reached and signed in to, without the secrets. */
export type Access = Pick<
  AccountSettings,
  'url' | 'signIn' | 'tls' | 'proxy' | 'uploadChunk' | 'debugUrl' | 'apiPath'
>;

/** The part of the engine's options that says how a registry is reached and signed in to, secrets included. */
export function clientOptions(
  access: Access,
  secrets: SecretTexts,
): Pick<RegistryOptions, 'url' | 'credentials' | 'tls' | 'proxy' | 'uploadChunk' | 'debugUrl' | 'apiPath'> {
  const { tls } = access;
  const credentials = credentialsOf(access, secrets);
  return {
    url: access.url,
    ...(credentials ? { credentials } : {}),
    tls: {
      verify: tls.verify,
      ...(tls.authorities ? { authorities: tls.authorities } : {}),
      ...(tls.clientCertificate ? { clientCertificate: tls.clientCertificate } : {}),
      ...(tls.clientCertificate && secrets.clientKey ? { clientKey: secrets.clientKey } : {}),
      ...(tls.clientCertificate && secrets.clientKeyPassphrase
        ? { clientKeyPassphrase: secrets.clientKeyPassphrase }
        : {}),
    },
    proxy:
      access.proxy.kind === 'url'
        ? { kind: 'url', url: withUser(access.proxy.url, secrets.proxy) }
        : access.proxy,
    ...(access.debugUrl === undefined ? {} : { debugUrl: new URL(access.debugUrl).origin }),
    ...(access.apiPath === undefined ? {} : { apiPath: access.apiPath }),
    ...(access.uploadChunk === undefined ? {} : { uploadChunk: access.uploadChunk }),
  };
}

/** What of the secrets an account signs in with. */
export function credentialsOf(
  { signIn }: Pick<Access, 'signIn'>,
  secrets: SecretTexts,
): Credentials | undefined {
  if (signIn.kind === 'password' && secrets.password !== undefined) {
    return withStatedEnd({ kind: 'password', username: signIn.username, password: secrets.password });
  }
  if (signIn.kind === 'identityToken' && secrets.identityToken !== undefined) {
    return withStatedEnd({ kind: 'identityToken', token: secrets.identityToken });
  }
  return undefined;
}

function withUser(url: string, user: string | undefined): string {
  if (!user) return url;
  const full = new URL(url);
  const colon = user.indexOf(':');
  // The setters leave a percent sign as it is, which would then encode what follows it.
  full.username = encodeURIComponent(colon < 0 ? user : user.slice(0, colon));
  full.password = encodeURIComponent(colon < 0 ? '' : user.slice(colon + 1));
  return full.href;
}
