import type { TFunction } from 'i18next';
import type { LeftOut } from '../../src-main/common/transfer.ts';

/** Layers that are not at the target afterwards, and where they are. */
export function leftOutText(t: TFunction, { count, hosts }: LeftOut): string {
  return hosts.length > 0
    ? t('transfers.leftOutAt', { count, hosts: hosts.join(', ') })
    : t('transfers.leftOutNowhere', { count });
}
