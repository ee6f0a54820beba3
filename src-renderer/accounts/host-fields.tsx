import { Autocomplete, Group, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './accounts.module.css';
import { beginParts, type HostPart, type HostParts, hostOfParts, type PartValues } from './host-parts.ts';

interface HostFieldsProps {
  parts: HostParts;
  address: string;
  /** The user tried to go on: what lacks its form is said. */
  tried: boolean;
  /** The whole host, or nothing while a part of it is missing. */
  onChange: (address: string) => void;
  onLeave: () => void;
}

/** What a host's name is put together from, and the name that it makes. A whole name may be pasted into any of its fields. */
export function HostFields({ parts, address, tried, onChange, onLeave }: HostFieldsProps) {
  const { t } = useTranslation();
  const [values, setValues] = useState<PartValues>(() => beginParts(parts, address));
  const change = (part: HostPart, text: string) => {
    const whole = parts.read(
      text
        .trim()
        .replace(/^https?:\/\//i, '')
        .replace(/\/.*$/, '')
        .toLowerCase(),
    );
    const next = whole ?? { ...values, [part.name]: text.trim() };
    setValues(next);
    onChange(hostOfParts(parts, next));
  };
  const host = hostOfParts(parts, values);
  return (
    <div>
      <Group gap="sm" align="flex-start" grow preventGrowOverflow={false}>
        {parts.parts.map((part, position) => {
          const value = values[part.name] ?? '';
          const shared = {
            label: t(`accounts.parts.${part.name}.label`),
            description: t(`accounts.parts.${part.name}.help`),
            inputWrapperOrder: ['label' as const, 'input' as const, 'description' as const, 'error' as const],
            error: tried && !part.form.test(value) && t(`accounts.parts.${part.name}.wrong`),
            placeholder: part.example,
            autoFocus: position === 0 && address === '',
            autoComplete: 'off',
            spellCheck: false,
            onBlur: onLeave,
          };
          if (part.all)
            return (
              <Select
                key={part.name}
                {...shared}
                allowDeselect={false}
                data={part.all}
                value={value}
                onChange={(chosen) => change(part, chosen ?? value)}
              />
            );
          if (part.usual)
            return (
              <Autocomplete
                key={part.name}
                {...shared}
                data={part.usual}
                limit={40}
                value={value}
                onChange={(text) => change(part, text)}
              />
            );
          return (
            <TextInput
              key={part.name}
              {...shared}
              value={value}
              onChange={(event) => change(part, event.currentTarget.value)}
            />
          );
        })}
      </Group>
      {host !== '' && <code className={classes.host}>{host}</code>}
    </div>
  );
}
