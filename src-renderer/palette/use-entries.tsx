import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowRight, IconHash, IconPackage, IconTag } from '@tabler/icons-react';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SeenPlace } from '../../src-main/common/registry.ts';
import { useAccounts } from '../accounts/queries.ts';
import { orpc } from '../api.ts';
import { commandList, useCommandList } from '../commands/use-commands.ts';
import { Monogram } from '../layout/monogram.tsx';
import { useMonograms } from '../layout/use-monograms.ts';
import { shortDigest } from '../ui/format.ts';
import { useUses } from '../usage/use-uses.ts';
import { keyOf, placeOf, scoresOf, type Use } from '../usage/uses.ts';
import { type Entry, type EntryGroup, offeredGroups, rankedGroups } from './entries.ts';
import { matches, typedPlace } from './matching.ts';

/** Between keys while typing no search is sent. */
const TYPING_MS = 120;
const MOST_PLACES = 30;
/** Until it is asked again where places are not all found yet. */
const WAITING_MS = 1_000;
/** Of no use in the palette itself. */
const OPENS_PALETTE = 'app.search';
const ICON = 16;

/** What the palette shows for a query: what is used most first. */
export function useEntries(query: string): {
  groups: readonly EntryGroup[];
  /** Names that cannot be found yet. */
  waiting: number;
  isSearching: boolean;
} {
  const { t } = useTranslation();
  const { list: uses } = useUses();
  const { places, waiting, isSearching } = usePlaces(query, uses);
  const typed = useTyped(query);
  const groups = [
    { name: t('palette.registries'), entries: useRegistries(query) },
    { name: t('palette.places'), entries: places },
    { name: t('palette.commands'), entries: useCommandEntries(query) },
  ];
  const scoreOf = scoresOf(uses, Date.now());
  const ordered =
    query === '' ? offeredGroups(groups, t('palette.used'), scoreOf) : rankedGroups(groups, scoreOf);
  return {
    groups: typed ? [{ name: t('palette.reference'), entries: [typed] }, ...ordered] : ordered,
    waiting,
    isSearching,
  };
}

function useOpenPlace(): (place: SeenPlace) => void {
  const navigate = useNavigate();
  return ({ accountId, repository, tag, digest }) => {
    const params = { accountId };
    const reference = tag ?? digest;
    void (reference === undefined
      ? navigate({ to: '/registries/$accountId/tags', params, search: { repository } })
      : navigate({ to: '/registries/$accountId/image', params, search: { repository, reference } }));
  };
}

/** The place that a whole reference names. */
function useTyped(query: string): Entry | undefined {
  const { t } = useTranslation();
  const open = useOpenPlace();
  const typed = typedPlace(query, useAccounts().data ?? []);
  if (!typed) return undefined;
  const { account, repository, reference } = typed;
  const isDigest = reference?.includes(':') === true;
  const place = {
    accountId: account.id,
    repository,
    ...(reference !== undefined && (isDigest ? { digest: reference } : { tag: reference })),
  };
  return {
    key: `typed ${query}`,
    label: t('palette.openReference', { reference: query }),
    note: '',
    icon: <IconArrowRight size={ICON} />,
    refused: false,
    run: () => open(place),
  };
}

function useRegistries(query: string): readonly Entry[] {
  const navigate = useNavigate();
  const marks = useMonograms();
  const accounts = useAccounts().data ?? [];
  return accounts
    .filter(({ name, host }) => matches(query, name, host))
    .map(({ id, name, host }) => {
      const mark = marks.get(id);
      return {
        key: keyOf.registry(id),
        label: name,
        note: host === name ? '' : host,
        icon: mark && <Monogram {...mark} />,
        refused: false,
        run: () => void navigate({ to: '/registries/$accountId', params: { accountId: id } }),
      };
    });
}

/** Places that contain the words; before any is typed, those that were opened. */
function usePlaces(query: string, uses: readonly Use[]) {
  const open = useOpenPlace();
  const accounts = useAccounts().data ?? [];
  const [text] = useDebouncedValue(query, TYPING_MS);
  const search = useQuery({
    ...orpc.catalog.search.queryOptions({
      input: text === '' ? skipToken : { text, limit: MOST_PLACES },
    }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.waiting ? WAITING_MS : false),
  });
  const found = query === '' ? { places: openedPlaces(uses), waiting: 0 } : search.data;
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const places = (found?.places ?? []).flatMap((place): Entry[] => {
    const name = names.get(place.accountId);
    if (name === undefined) return [];
    const Icon = place.tag !== undefined ? IconTag : place.digest === undefined ? IconPackage : IconHash;
    return [
      {
        key: keyOf.place(place),
        label: labelOf(place),
        note: name,
        icon: <Icon size={ICON} />,
        refused: false,
        run: () => open(place),
      },
    ];
  });
  return { places, waiting: found?.waiting ?? 0, isSearching: search.isFetching };
}

function openedPlaces(uses: readonly Use[]): SeenPlace[] {
  return uses.flatMap(({ key }) => placeOf(key) ?? []).slice(0, MOST_PLACES);
}

/** Everything that can be done where one is; what cannot be done now says why, and the palette stays. */
function useCommandEntries(query: string): readonly Entry[] {
  const { note } = useUses();
  return useCommandList()
    .filter(({ id, label, words = '' }) => id !== OPENS_PALETTE && matches(query, label, words))
    .map(({ id, label, keys: [keys] = [], reason, icon: Icon = IconArrowRight }) => ({
      key: keyOf.command(id),
      label,
      note: reason ?? '',
      keys,
      icon: <Icon size={ICON} />,
      refused: reason !== undefined,
      run: () => {
        if (reason === undefined) note(keyOf.command(id));
        commandList.run(id);
      },
    }));
}

function labelOf({ repository, tag, digest }: SeenPlace): string {
  if (tag !== undefined) return `${repository}:${tag}`;
  return digest === undefined ? repository : `${repository}@${shortDigest(digest)}`;
}
