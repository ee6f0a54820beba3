import type { FoundPlace } from '../../common/find.ts';

/** How results name a registry. */
export type NameRegistry = (key: string) => Pick<FoundPlace, 'accountId' | 'host'>;

/** Of the accounts that there are; one that is none goes by its origin. */
export function registryNames(accounts: readonly { id: string; host: string }[]): NameRegistry {
  const hosts = new Map(accounts.map(({ id, host }) => [id, host]));
  return (key) => {
    const host = hosts.get(key);
    return host === undefined ? { host: key.replace(/^https?:\/\//, '') } : { accountId: key, host };
  };
}
