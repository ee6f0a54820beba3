import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Banner } from '../ui/banner.tsx';
import { ErrorPanel, FailureDetails } from '../ui/error-panel.tsx';
import { failureOf } from '../ui/failure.ts';
import { failureTitle } from '../ui/failure-words.ts';
import { formatRelative } from '../ui/format.ts';
import classes from './list-page.module.css';

export interface ListProblemProps {
  query: { isError: boolean; error: unknown; refetch: () => Promise<unknown> };
  /** Since when the rows below are known; where there are none it is left out. */
  seen?: string | undefined;
  /** Buttons beside "Try again". */
  actions?: ReactNode;
}

/**
 * Why a page's rows could not be read; nothing where they could. Where rows are known from before they are what the page is for:
 * then it is a line above them, with their age.
 */
export function ListProblem({ query, seen, actions }: ListProblemProps) {
  const { t, i18n } = useTranslation();
  if (!query.isError) return null;
  const retry = () => void query.refetch();
  const failure = failureOf(query.error);
  if (seen === undefined || failure.code === 'cancelled')
    return (
      <div className={classes.problem}>
        <ErrorPanel error={query.error} onRetry={retry} actions={actions} />
      </div>
    );
  return (
    <Banner
      tone="warning"
      role="alert"
      data-failure={failure.code}
      actions={
        <>
          <Button size="compact-xs" variant="default" onClick={retry}>
            {t('common.retry')}
          </Button>
          {actions}
          <FailureDetails failure={failure} onApproved={retry} inline />
        </>
      }
    >
      <strong>{t('ui.sentence', { text: failureTitle(t, failure) })}</strong>
      {t('ui.shownAsKnown', { when: formatRelative(new Date(seen), new Date(), t, i18n.language) })}
    </Banner>
  );
}
