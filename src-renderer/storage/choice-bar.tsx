import { Button } from '@mantine/core';
import { IconTags, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../ui/format.ts';
import { type Choosing, tagsOf } from './choice.ts';
import { Freed } from './freed.tsx';
import classes from './storage.module.css';

/** Tags that an address can name. */
const IN_URL = 50;

/** What is chosen, what would become free without it, and the way to where it can be deleted. */
export function ChoiceBar({ accountId, choosing }: { accountId: string; choosing: Choosing }) {
  const { t, i18n } = useTranslation();
  const { choice, clear } = choosing;
  const { repositories, tags } = choice;
  if (repositories.size + tags.size === 0) return null;
  const chosen = [
    ...(repositories.size > 0
      ? [
          t('storage.counts.repositories', {
            count: repositories.size,
            formatted: formatCount(repositories.size, i18n.language),
          }),
        ]
      : []),
    ...(tags.size > 0
      ? [t('storage.counts.tags', { count: tags.size, formatted: formatCount(tags.size, i18n.language) })]
      : []),
  ].join(', ');
  const listed = tagsOf(choice);
  const [first] = listed;
  const inOne =
    first && repositories.size === 0 && listed.every((each) => each.repository === first.repository);
  return (
    <section className={classes.choiceBar} aria-label={t('storage.chosenLabel')}>
      <strong>{chosen}</strong>
      <span aria-live="polite" className={classes.grow}>
        <Freed accountId={accountId} choice={choice} />
      </span>
      {inOne && tags.size <= IN_URL && (
        <Button
          variant="default"
          leftSection={<IconTags size={14} />}
          renderRoot={(props) => (
            <Link
              to="/registries/$accountId/tags"
              params={{ accountId }}
              search={{ repository: first.repository, selected: listed.map(({ tag }) => tag) }}
              {...props}
            />
          )}
        >
          {t('storage.showInRepository')}
        </Button>
      )}
      <Button variant="subtle" color="gray" leftSection={<IconX size={14} />} onClick={clear}>
        {t('tags.clearSelection')}
      </Button>
    </section>
  );
}
