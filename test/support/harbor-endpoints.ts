type Row = Record<string, unknown>;

/** As Harbor keeps an endpoint: its sign-in is written by names of its own, and the secret comes back as stars. @see its API, `RegistryUpdate` */
export function endpointRow(before: Row, sent: Row): Row {
  const { access_key, access_secret, credential_type, credential, ...rest } = sent;
  const given = {
    ...(access_key === undefined ? {} : { access_key }),
    ...(access_secret === undefined ? {} : { access_secret }),
    ...(credential_type === undefined ? {} : { type: credential_type }),
  };
  const signIn: Row = { ...(before.credential as Row), ...(credential as Row), ...given };
  const shown = signIn.access_secret ? { ...signIn, access_secret: '*****' } : signIn;
  return { ...before, ...rest, credential: shown };
}
