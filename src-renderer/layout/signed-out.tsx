import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { forgetSession } from '../session.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import classes from './layout.module.css';

const lookAgain = () => window.location.reload();

/** In place of the app in a page without a session: it was opened by hand, or its host was started anew. */
export function SignedOut() {
  const { t } = useTranslation();
  useEffect(() => forgetSession(lookAgain), []);
  return (
    <main className={classes.signedOut}>
      <EmptyState
        icon={<IconPlugConnectedX size={24} />}
        title={t('layout.signedOut.title')}
        level={1}
        action={<Button onClick={lookAgain}>{t('layout.signedOut.again')}</Button>}
      >
        {t('layout.signedOut.help')}
      </EmptyState>
    </main>
  );
}
