import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';

type Locked = Pick<Account, 'readOnly' | 'takesNoWrites'>;

/** Whether nothing may be changed there: somebody locked it here, or the registry takes no writes. */
export function isLocked({ readOnly, takesNoWrites }: Locked): boolean {
  return readOnly || takesNoWrites !== undefined;
}

/** Says why nothing may be changed at an account's registry; undefined where it may. */
export function useLockReason(): (account: Locked | undefined) => string | undefined {
  const { t } = useTranslation();
  return (account) => {
    if (account?.takesNoWrites) return t(`accounts.takesNoWrites.${account.takesNoWrites}`);
    return account?.readOnly ? t('tags.readOnly') : undefined;
  };
}
