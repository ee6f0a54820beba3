import { Button } from '@mantine/core';
import { IconTagOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state.tsx';
import { NoMatch } from '../ui/no-match.tsx';

/** Instead of a repository that the registry does not have any more. */
export function GoneRepository({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<IconTagOff size={24} />}
      title={t('tags.goneTitle')}
      action={
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/registries/$accountId" params={{ accountId }} {...props} />}
        >
          {t('tags.backToRepositories')}
        </Button>
      }
    >
      {t('tags.goneHelp')}
    </EmptyState>
  );
}

/** In the table of a repository without tags. */
export function NoTags() {
  const { t } = useTranslation();
  return (
    <EmptyState icon={<IconTagOff size={24} />} title={t('tags.emptyTitle')}>
      {t('tags.emptyHelp')}
    </EmptyState>
  );
}

/** In the table where the filter leaves none. */
export function NoMatchingTag({ filter, onClear }: { filter: string; onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <NoMatch title={t('tags.noMatchTitle')} onClear={onClear}>
      {t('tags.noMatchHelp', { filter })}
    </NoMatch>
  );
}
