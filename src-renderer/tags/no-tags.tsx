import { Button } from '@mantine/core';
import { IconTagOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { NoMatch } from '../ui/no-match.tsx';
import { useUses } from '../usage/use-uses.ts';
import { recentRepositories } from '../usage/uses.ts';

/** Instead of a repository that the registry does not have: it is none of those that were opened last any more. */
export function GoneRepository({ accountId, repository }: RepositoryPlace) {
  const { t } = useTranslation();
  const { list, forget } = useUses();
  const isNoted = recentRepositories(list).some(
    (recent) => recent.accountId === accountId && recent.repository === repository,
  );
  useEffect(() => {
    if (isNoted) forget({ accountId, repository });
  }, [isNoted, forget, accountId, repository]);
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

/** In the table of a repository without tags. @param isLocked nothing can be pushed there from here */
export function NoTags({ isLocked }: { isLocked: boolean }) {
  const { t } = useTranslation();
  return (
    <EmptyState icon={<IconTagOff size={24} />} title={t('tags.emptyTitle')}>
      {t(isLocked ? 'tags.emptyLocked' : 'tags.emptyHelp')}
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
