import {
  Autocomplete,
  Checkbox,
  NumberInput,
  PasswordInput,
  Select,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type FieldValue,
  type FieldValues,
  isSameValue,
  type Resource,
} from '../../src-main/common/product.ts';
import type { Managed } from '../../src-main/common/product-said.ts';
import { DateInput } from '../ui/date-input.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { formatBytes } from '../ui/format.ts';
import { choiceText, type NamedField, namedFields, shownValue } from './fields.tsx';

export interface ResourceFormProps {
  section: Managed['resources'][number];
  /** Undefined: it is to be made. */
  edited: Resource | undefined;
  /** What fields have to choose from there. */
  choices: Readonly<Record<string, readonly string[]>>;
  /** Why nothing can be written. */
  reason: string | undefined;
  busy: boolean;
  onClose: () => void;
  onSubmit: (written: { name: string; fields: FieldValues }) => void;
}

/** The fields of a resource: those that can be set, and what else the product says of it. Nothing is written before a plan of it. */
export function ResourceForm({
  section,
  edited,
  choices,
  reason,
  busy,
  onClose,
  onSubmit,
}: ResourceFormProps) {
  const { t, i18n } = useTranslation();
  const { kind, fields: settable } = section;
  const before = edited?.fields ?? {};
  const [name, setName] = useState(edited?.name ?? '');
  const [values, setValues] = useState<FieldValues>({});
  const all = namedFields(kind);
  const secrets = new Set<string>(all.flatMap(({ name: field, type }) => (type === 'secret' ? field : [])));
  const canSet = ({ name: field, set }: NamedField) =>
    settable.includes(field) && set !== 'never' && (set === 'always' || edited === undefined);
  const shown = all.filter((field) => !canSet(field) && before[field.name] !== undefined);
  const changed = Object.fromEntries(
    Object.entries(values).filter(
      // A secret that is left empty stays as it is.
      ([field, value]) => !isSameValue(before[field], value) && !(secrets.has(field) && value === ''),
    ),
  );
  const incomplete = edited ? Object.keys(changed).length === 0 : name.trim() === '';
  return (
    <Dialog
      wide
      opened
      title={
        edited
          ? t('administration.changeTitle', { name: edited.name })
          : t('administration.createTitle', { kind: inSentence(t(`administration.kinds.${kind}`)) })
      }
      place={reason}
      onClose={onClose}
    >
      <DialogForm
        onClose={onClose}
        onSubmit={() => {
          if (!incomplete && reason === undefined) onSubmit({ name: name.trim(), fields: changed });
        }}
        submit={{
          label: t('administration.preview'),
          loading: busy,
          disabled: incomplete || reason !== undefined,
        }}
      >
        {!edited && (
          <TextInput
            label={t('administration.name')}
            data-autofocus
            autoComplete="off"
            spellCheck={false}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        )}
        {all.filter(canSet).map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            choices={choices[field.name] ?? []}
            disabled={reason !== undefined}
            isNew={edited === undefined}
            value={values[field.name] === undefined ? before[field.name] : values[field.name]}
            onChange={(value) => setValues((now) => ({ ...now, [field.name]: value }))}
          />
        ))}
        {shown.length > 0 && (
          <Facts>
            {shown.map((field) => (
              <Fact key={field.name} name={t(`administration.fields.${field.name}`)}>
                {shownValue(t, i18n.language, field, before[field.name])}
              </Fact>
            ))}
          </Facts>
        )}
        {reason !== undefined && <Text size="sm">{reason}</Text>}
      </DialogForm>
    </Dialog>
  );
}

/** A name within a sentence: what is no abbreviation begins small. */
const inSentence = (name: string) => name.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase());

/** Fields whose form nobody can guess. */
const EXPLAINED = ['names', 'tags', 'namespace', 'flattened', 'cron'] as const;

interface FieldInputProps {
  field: NamedField;
  choices: readonly string[];
  disabled: boolean;
  /** Of one that is to be made. */
  isNew: boolean;
  value: FieldValue | undefined;
  onChange: (value: FieldValue) => void;
}

/** The input of a field, by what it holds. */
function FieldInput({
  field: { name, type, choices: closed = [] },
  choices,
  disabled,
  isNew,
  value,
  onChange,
}: FieldInputProps) {
  const { t } = useTranslation();
  const explained = EXPLAINED.find((each) => each === name);
  const common = {
    label: t(`administration.fields.${name}`),
    disabled,
    description: explained && t(`administration.fieldHelp.${explained}`),
  };
  const text = typeof value === 'string' ? value : '';
  switch (type) {
    case 'flag':
      return (
        <Checkbox
          {...common}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case 'count':
    case 'bytes':
      return (
        <NumberInput
          {...common}
          {...(type === 'bytes' && {
            min: 0,
            description: t('administration.bytesHelp', {
              size: typeof value === 'number' ? formatBytes(value) : t('administration.without'),
            }),
          })}
          allowDecimal={false}
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => onChange(typeof next === 'number' ? next : null)}
        />
      );
    case 'list':
      return (
        <TagsInput
          {...common}
          data={[...choices]}
          value={Array.isArray(value) ? [...value] : []}
          onChange={onChange}
          splitChars={[',', ' ']}
        />
      );
    case 'choice':
      return (
        <Select
          {...common}
          clearable
          data={closed.map((each) => ({ value: each, label: choiceText(t, each) }))}
          value={text === '' ? null : text}
          onChange={onChange}
        />
      );
    case 'lines':
      return (
        <Textarea
          {...common}
          autosize
          minRows={4}
          maxRows={14}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'time':
      return (
        <DateInput
          {...common}
          placeholder={t('administration.never')}
          value={text.slice(0, 10)}
          onChange={(day) => onChange(day === '' ? null : `${day}T00:00:00.000Z`)}
        />
      );
    case 'secret':
      return (
        <PasswordInput
          {...common}
          autoComplete="new-password"
          description={t(isNew ? 'administration.secretHelpNew' : 'administration.secretHelp')}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'text':
      return (
        <Autocomplete
          {...common}
          data={[...choices]}
          autoComplete="off"
          value={text}
          onChange={(next) => onChange(next === '' ? null : next)}
        />
      );
  }
}
