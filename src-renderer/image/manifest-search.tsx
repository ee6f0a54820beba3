import { ActionIcon } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterInput } from '../ui/filter-input.tsx';
import { formatCount } from '../ui/format.ts';
import classes from './image.module.css';

export interface ManifestSearchProps {
  text: string;
  onText: (text: string) => void;
  found: number;
  /** Position of the match that is gone to. */
  at: number;
  /** Goes on, or back, and from the last to the first. */
  onStep: (step: 1 | -1) => void;
}

/** Looks for a text in the manifest: Enter goes to the next place, Shift+Enter to the one before; Ctrl/Cmd+F leads here. */
export function ManifestSearch({ text, onText, found, at, onStep }: ManifestSearchProps) {
  const { t, i18n } = useTranslation();
  const search = useRef<HTMLElement>(null);
  useHotkeys([['mod+F', () => search.current?.querySelector('input')?.select()]], []);
  const format = (count: number) => formatCount(count, i18n.language);
  return (
    <search
      ref={search}
      className={classes.search}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
        event.preventDefault();
        onStep(event.shiftKey ? -1 : 1);
      }}
    >
      <FilterInput
        value={text}
        onChange={onText}
        aria-label={t('image.manifest.search')}
        placeholder={t('image.manifest.search')}
      />
      {text !== '' && (
        <>
          <span role="status" className={classes.quiet}>
            {found === 0
              ? t('image.manifest.noMatch')
              : t('image.manifest.matches', { current: format(at + 1), total: format(found) })}
          </span>
          <Step label={t('image.manifest.previous')} Icon={IconChevronUp} onClick={() => onStep(-1)} />
          <Step label={t('image.manifest.next')} Icon={IconChevronDown} onClick={() => onStep(1)} />
        </>
      )}
    </search>
  );
}

interface StepProps {
  label: string;
  Icon: typeof IconChevronUp;
  onClick: () => void;
}

function Step({ label, Icon, onClick }: StepProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={label}
      data-hint={label}
      onClick={onClick}
    >
      <Icon size={14} />
    </ActionIcon>
  );
}
