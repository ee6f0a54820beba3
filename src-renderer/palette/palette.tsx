import '@mantine/spotlight/styles.css';
import { Text } from '@mantine/core';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keysText, matchesKeys } from '../commands/keys.ts';
import { useIsMac } from '../commands/use-is-mac.ts';
import { formatCount } from '../ui/format.ts';
import type { Entry } from './entries.ts';
import classes from './palette.module.css';
import { useEntries } from './use-entries.tsx';

const [store, spotlight] = createSpotlight();

/** For the scroll area underneath, whose properties the list's type does not report: the keyboard must reach it. */
const SCROLLABLE = { viewportProps: { tabIndex: 0 } };

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
      // A page that is chosen in it takes the focus from it.
      attributes={{ content: { 'aria-label': t('palette.label'), 'data-passing': true } }}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      transitionProps={{ duration: 80 }}
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
  const { groups, waiting, isSearching } = useEntries(query);

  // Places arrive after the key that asked for them: Enter opens the first of what is shown.
  const shown = groups.flatMap(({ entries }) => entries.map(({ key }) => key)).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: chosen anew whenever other results are shown
  useEffect(() => {
    selectFirst();
  }, [shown]);

  return (
    <>
      {groups.map(({ name, entries }) => (
        <Spotlight.ActionsGroup key={name} label={name} className={classes.group ?? ''}>
          {entries.map((entry) => (
            <EntryLine key={entry.key} entry={entry} />
          ))}
        </Spotlight.ActionsGroup>
      ))}
      {groups.length === 0 && waiting === 0 && !isSearching && (
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

function EntryLine({ entry }: { entry: Entry }) {
  const { label, note, keys, icon, refused, run } = entry;
  const isMac = useIsMac();
  return (
    <Spotlight.Action
      className={classes.line ?? ''}
      aria-disabled={refused}
      closeSpotlightOnTrigger={!refused}
      onClick={run}
    >
      <span className={classes.icon}>{icon}</span>
      <span className={classes.label}>{label}</span>
      {note !== '' && <span className={classes.note}>{note}</span>}
      {keys !== undefined && <kbd className={classes.keys}>{keysText(keys, isMac)}</kbd>}
    </Spotlight.Action>
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
