import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** To where a registry's address and sign-in are repaired, beside a failure that comes of them. */
export function EditAccountButton({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  return (
    <Button
      variant="default"
      renderRoot={(props) => <Link to="/accounts/$accountId/edit" params={{ accountId }} {...props} />}
    >
      {t('accounts.editRegistry')}
    </Button>
  );
}
