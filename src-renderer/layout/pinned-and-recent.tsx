import { Link } from '@tanstack/react-router';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { Pin } from '../../src-main/common/settings.ts';
import { useAccounts } from '../accounts/queries.ts';
import { pointOf } from '../commands/context-menu.tsx';
import { usePins } from '../pins/use-pins.ts';
import { useRepositoryCommands } from '../pins/use-repository-commands.ts';
import { MiddleText } from '../ui/middle-text.tsx';
import { useUses } from '../usage/use-uses.ts';
import { recentRepositories } from '../usage/uses.ts';
import { Monogram } from './monogram.tsx';
import classes from './navigation.module.css';
import type { OpenMenu } from './open-menu.ts';
import { useStop } from './stops.tsx';
import { useMonograms } from './use-monograms.ts';

/** Those that are not pinned. */
const MOST_RECENT = 4;

/** Repositories at hand: those that are pinned, and those that were opened last on this machine. */
export const PinnedAndRecent = memo(({ onMenu }: { onMenu: (menu: OpenMenu) => void }) => {
  const { t } = useTranslation();
  const accounts = useAccounts().data;
  const { pins, isPinned } = usePins();
  const { list } = useUses();
  const byId = useMemo(() => new Map(accounts?.map((account) => [account.id, account])), [accounts]);
  const recent = useMemo(
    () =>
      recentRepositories(list)
        .filter((place) => byId.has(place.accountId) && !isPinned(place))
        .slice(0, MOST_RECENT),
    [list, byId, isPinned],
  );
  const props = { byId, onMenu };
  return (
    <>
      <Section {...props} name="pinned" title={t('layout.pinned')} places={pins} />
      <Section {...props} name="recent" title={t('layout.recent')} places={recent} />
    </>
  );
});

interface SectionProps {
  name: string;
  title: string;
  places: readonly Pin[];
  byId: ReadonlyMap<string, Account>;
  onMenu: (menu: OpenMenu) => void;
}

function Section({ name, title, places, byId, onMenu }: SectionProps) {
  const marks = useMonograms();
  const commandsOf = useRepositoryCommands();
  if (places.length === 0) return null;
  return (
    <section aria-label={title}>
      <div className={classes.heading}>
        <h2>{title}</h2>
      </div>
      <ul className={classes.list}>
        {places.map((place) => (
          <li key={`${place.accountId} ${place.repository}`}>
            <RepositoryLink
              stop={`${name} ${place.accountId} ${place.repository}`}
              place={place}
              registry={byId.get(place.accountId)?.name ?? ''}
              mark={marks.get(place.accountId)}
              onContextMenu={(event) => {
                event.preventDefault();
                onMenu({ at: pointOf(event), label: place.repository, sections: commandsOf(place) });
              }}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface RepositoryLinkProps {
  stop: string;
  place: Pin;
  registry: string;
  mark: Parameters<typeof Monogram>[0] | undefined;
  onContextMenu: (event: React.MouseEvent) => void;
}

function RepositoryLink({ stop, place, registry, mark, onContextMenu }: RepositoryLinkProps) {
  const { t } = useTranslation();
  const { accountId, repository } = place;
  return (
    <Link
      {...useStop(stop)}
      to="/registries/$accountId/tags"
      params={{ accountId }}
      search={{ repository }}
      activeOptions={{ includeSearch: true, exact: false }}
      className={classes.item}
      draggable={false}
      data-hint={t('layout.inRegistry', { name: repository, registry })}
      data-hint-side="right"
      data-place
      onContextMenu={onContextMenu}
    >
      {mark && <Monogram {...mark} size={16} />}
      <span className={classes.label}>
        <MiddleText>{repository}</MiddleText>
      </span>
    </Link>
  );
}
