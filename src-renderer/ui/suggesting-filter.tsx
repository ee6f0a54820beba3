import { CloseButton, Combobox, TextInput, useCombobox } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './suggesting-filter.module.css';
import { useFilterText } from './use-filter-text.ts';

interface FilterSuggestion {
  /** The whole text with it. */
  value: string;
  label: string;
  /** What it does, in some words. */
  help: string;
}

export interface SuggestingFilterProps {
  value: string;
  onChange: (value: string) => void;
  label: string;
  placeholder: string;
  /** How the text may go on. */
  suggest: (text: string) => readonly FilterSuggestion[];
}

/** A filter with words of its own, which are offered while it is typed; Escape closes them, and then clears it. */
export function SuggestingFilter({ value, onChange, label, placeholder, suggest }: SuggestingFilterProps) {
  const { t } = useTranslation();
  const { text, setText, input } = useFilterText(value, onChange, label);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const offered = combobox.dropdownOpened ? suggest(text) : [];
  return (
    <Combobox
      store={combobox}
      withinPortal={false}
      position="bottom-start"
      width={300}
      onOptionSubmit={(next) => {
        setText(next);
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <TextInput
          ref={input}
          size="xs"
          className={classes.input ?? ''}
          aria-label={label}
          aria-keyshortcuts="/"
          placeholder={placeholder}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          onClick={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            if (offered.length === 0 && text !== '') {
              event.stopPropagation();
              setText('');
            }
            combobox.closeDropdown();
          }}
          rightSection={
            text === '' ? null : (
              <CloseButton size="sm" aria-label={t('common.clearFilter')} onClick={() => setText('')} />
            )
          }
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={offered.length === 0}>
        <Combobox.Options aria-label={label}>
          {offered.map(({ value: next, label: word, help }) => (
            <Combobox.Option key={next} value={next} className={classes.option ?? ''}>
              <span className={classes.word}>{word}</span>
              <span className={classes.help}>{help}</span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
