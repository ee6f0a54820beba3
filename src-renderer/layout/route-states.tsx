import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Page } from '../ui/page.tsx';

/** An address no page has. */
export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page>
      <EmptyState
        icon={<IconMapOff size={24} />}
        title={t('layout.notFound')}
        level={1}
        action={<Button renderRoot={(props) => <Link to="/" {...props} />}>{t('layout.toStart')}</Button>}
      >
        {t('layout.notFoundHelp')}
      </EmptyState>
    </Page>
  );
}

/** A page that could not be drawn. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <Page>
      <ErrorPanel
        error={error}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </Page>
  );
}
