import type { SeenPlace } from '../../src-main/common/registry.ts';
import '@mantine/spotlight/styles.css';
import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconArrowRight, IconHash, IconPackage, IconSearch, IconTag } from '@tabler/icons-react';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '../accounts/queries.ts';
import { orpc } from '../api.ts';
import type { Command } from '../commands/command.ts';
import { keysText, matchesKeys } from '../commands/keys.ts';
import { commandList, useCommandList } from '../commands/use-commands.ts';
import { useIsMac } from '../commands/use-is-mac.ts';
import { formatCount, shortDigest } from '../ui/format.ts';
import { ProductMark } from '../ui/product-mark.tsx';
import { matches, typedPlace } from './matching.ts';
import classes from './palette.module.css';

const [store, spotlight] = createSpotlight();

/** For the scroll area underneath, whose properties the list's type does not report: the keyboard must reach it. */
const SCROLLABLE = { viewportProps: { tabIndex: 0 } };

/** Between keys while typing no search is sent. */
const TYPING_MS = 120;
const MOST_PLACES = 30;
/** Of no use in the palette itself. */
const OPENS_PALETTE = 'app.search';
/** Until it is asked again where places are not all found yet. */
const WAITING_MS = 1_000;

interface PaletteProps {
  opened: boolean;
  onClose: () => void;
}

/** Jumps to any registry, repository, tag or digest seen so far, and runs commands. Ctrl/Cmd+K opens it. */
export function Palette({ opened, onClose }: PaletteProps) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const isMac = useIsMac();
  useEffect(() => {
    if (opened) spotlight.open();
    else spotlight.close();
  }, [opened]);
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      maxHeight="min(460px, 60vh)"
      size={640}
      centered={false}
      attributes={{ content: { 'aria-label': t('palette.label') } }}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      transitionProps={{ duration: 80 }}
      // On the chosen line the library's fading leaves too little contrast.
      styles={{ actionDescription: { opacity: 1 } }}
      onSpotlightClose={onClose}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.label')}
        leftSection={<IconSearch size={18} aria-hidden />}
        // Its icon and its words stand above those of the results.
        leftSectionWidth={56}
        onKeyDown={(event) => {
          if (!matchesKeys('mod+K', event.nativeEvent, isMac)) return;
          event.preventDefault();
          onClose();
        }}
      />
      <Spotlight.ActionsList {...SCROLLABLE}>
        {opened && <Results query={query.trim()} />}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function Results({ query }: { query: string }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const accounts = useAccounts().data ?? [];
  const [text] = useDebouncedValue(query, TYPING_MS);
  const places = useQuery({
    ...orpc.catalog.search.queryOptions({
      input: text === '' ? skipToken : { text, limit: MOST_PLACES },
    }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.waiting ? WAITING_MS : false),
  });
  const commands = useCommandList().filter(
    ({ id, label, words = '' }) => id !== OPENS_PALETTE && matches(query, label, words),
  );
  const registries = accounts.filter(({ name, host }) => matches(query, name, host));
  const names = new Map(accounts.map((account) => [account.id, account.name]));
  const typed = typedPlace(query, accounts);
  const { places: seen = [], waiting = 0 } = (query === '' ? undefined : places.data) ?? {};
  const found = seen.filter(({ accountId }) => names.has(accountId));

  const openPlace = (place: { accountId: string; repository: string; reference: string | undefined }) => {
    const params = { accountId: place.accountId };
    const { repository, reference } = place;
    void (reference === undefined
      ? navigate({ to: '/registries/$accountId/tags', params, search: { repository } })
      : navigate({ to: '/registries/$accountId/image', params, search: { repository, reference } }));
  };

  // Places arrive after the key that asked for them: Enter opens the first of what is shown.
  const shown = [
    typed && query,
    ...registries.map(({ id }) => id),
    ...found.map(keyOf),
    ...commands.map(({ id }) => id),
  ].join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: chosen anew whenever other results are shown
  useEffect(() => {
    selectFirst();
  }, [shown]);

  const none = registries.length + found.length + commands.length === 0 && !typed;
  return (
    <>
      {typed && (
        <Spotlight.Action
          label={t('palette.openReference', { reference: query })}
          leftSection={<IconArrowRight size={18} />}
          onClick={() =>
            openPlace({
              accountId: typed.account.id,
              repository: typed.repository,
              reference: typed.reference,
            })
          }
        />
      )}
      {registries.length > 0 && (
        <Spotlight.ActionsGroup label={t('palette.registries')}>
          {registries.map((account) => (
            <Spotlight.Action
              key={account.id}
              label={account.name}
              description={account.host === account.name ? '' : account.host}
              leftSection={<ProductMark system={account.system} />}
              onClick={() =>
                void navigate({ to: '/registries/$accountId', params: { accountId: account.id } })
              }
            />
          ))}
        </Spotlight.ActionsGroup>
      )}
      {found.length > 0 && (
        <Spotlight.ActionsGroup label={t('palette.places')}>
          {found.map((place) => (
            <Spotlight.Action
              key={keyOf(place)}
              label={labelOf(place)}
              description={names.get(place.accountId) ?? ''}
              leftSection={iconOf(place)}
              onClick={() => openPlace({ ...place, reference: place.tag ?? place.digest })}
            />
          ))}
        </Spotlight.ActionsGroup>
      )}
      {commands.length > 0 && (
        <Spotlight.ActionsGroup label={t('palette.commands')}>
          {commands.map((command) => (
            <CommandAction key={command.id} command={command} />
          ))}
        </Spotlight.ActionsGroup>
      )}
      {none && waiting === 0 && !places.isFetching && (
        <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>
      )}
      {waiting > 0 && (
        <Text role="status" size="xs" c="dimmed" px="md" py="xs">
          {t('palette.waiting', { count: waiting, formatted: formatCount(waiting, i18n.language) })}
        </Text>
      )}
    </>
  );
}

/** One that cannot be done now says why, and the palette stays. */
function CommandAction({ command }: { command: Command }) {
  const { id, label, keys: [keys] = [], reason, icon: Icon } = command;
  const isMac = useIsMac();
  return (
    <Spotlight.Action
      label={label}
      description={reason ?? ''}
      leftSection={Icon ? <Icon size={18} /> : <IconArrowRight size={18} />}
      rightSection={keys !== undefined && <kbd className={classes.keys}>{keysText(keys, isMac)}</kbd>}
      aria-disabled={reason !== undefined}
      closeSpotlightOnTrigger={reason === undefined}
      onClick={() => commandList.run(id)}
    />
  );
}

/**
 * As the library does it after each key, when its list does not hold yet what has to be asked for: it marks the chosen one in the
 * document, and offers no call for it.
 */
function selectFirst(): void {
  const list = document.getElementById(store.getState().listId);
  list?.querySelector('[data-selected]')?.removeAttribute('data-selected');
  list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  store.updateState((state) => ({ ...state, selected: 0 }));
}

function keyOf(place: SeenPlace): string {
  return [place.accountId, place.repository, place.tag, place.digest].join(' ');
}

function labelOf({ repository, tag, digest }: SeenPlace): string {
  if (tag !== undefined) return `${repository}:${tag}`;
  return digest === undefined ? repository : `${repository}@${shortDigest(digest)}`;
}

function iconOf({ tag, digest }: SeenPlace): ReactNode {
  if (tag !== undefined) return <IconTag size={18} />;
  return digest === undefined ? <IconPackage size={18} /> : <IconHash size={18} />;
}
