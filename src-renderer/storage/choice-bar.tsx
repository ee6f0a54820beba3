import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import bar from '../selection/selection-bar.module.css';
import { SelectionBar } from '../selection/selection-bar.tsx';
import { formatCount } from '../ui/format.ts';
import { type Choosing, isNothing, tagsOf } from './choice.ts';
import { Freed } from './freed.tsx';

/** Tags that an address can name. */
const IN_URL = 50;

interface ChoiceBarProps {
  accountId: string;
  choosing: Choosing;
  /** Shows all that it holds; absent where that is shown. */
  onSums: (() => void) | undefined;
}

/** What is chosen, what would become free without it, and the way to where it can be deleted. */
export function ChoiceBar({ accountId, choosing, onSums }: ChoiceBarProps) {
  const { t, i18n } = useTranslation();
  const { choice, clear } = choosing;
  const { repositories, tags } = choice;
  if (isNothing(choice)) return null;
  const words = ({ size }: ReadonlySet<string>) => ({
    count: size,
    formatted: formatCount(size, i18n.language),
  });
  const chosen = [
    ...(repositories.size > 0 ? [t('storage.counts.repositories', words(repositories))] : []),
    ...(tags.size > 0 ? [t('storage.counts.tags', words(tags))] : []),
  ].join(', ');
  const listed = tagsOf(choice);
  const [first] = listed;
  const inOne =
    first && repositories.size === 0 && listed.every((each) => each.repository === first.repository);
  return (
    <SelectionBar
      title={chosen}
      summary={[<Freed key="freed" accountId={accountId} choice={choice} />]}
      actions={
        onSums
          ? [
              {
                id: 'storage.sums',
                group: 'selection',
                label: t('storage.chosen.command'),
                short: t('storage.views.chosen'),
                run: onSums,
              },
            ]
          : []
      }
      onClear={clear}
    >
      {inOne && tags.size <= IN_URL && (
        <Button
          variant="default"
          classNames={{ root: bar.action ?? '' }}
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
    </SelectionBar>
  );
}
