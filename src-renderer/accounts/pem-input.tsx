import { FileButton, Textarea, UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './accounts.module.css';

/** As the contract allows; certificates are a few kilobytes. */
const LARGEST_FILE = 1_000_000;

interface PemInputProps {
  name?: string;
  label: string;
  description?: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
  error?: ReactNode;
}

/** A certificate or key: pasted, or read from a file, and kept as text so that a moved file breaks nothing. */
export function PemInput({ name, label, description, placeholder, value, onChange, error }: PemInputProps) {
  const { t } = useTranslation();
  const [tooLarge, setTooLarge] = useState(false);
  const read = async (file: File | null) => {
    if (!file) return;
    setTooLarge(file.size > LARGEST_FILE);
    if (file.size <= LARGEST_FILE) onChange(await file.text());
  };
  return (
    <Textarea
      name={name}
      label={label}
      description={description}
      placeholder={placeholder ?? t('accounts.pemPlaceholder')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={tooLarge ? t('accounts.fileTooLarge') : error}
      autosize
      minRows={2}
      maxRows={6}
      spellCheck={false}
      autoComplete="off"
      classNames={{ input: classes.pem ?? '' }}
      inputContainer={(children) => (
        <div>
          {children}
          <FileButton onChange={(file) => void read(file)} accept=".pem,.crt,.cer,.key,text/plain">
            {(props) => (
              <UnstyledButton
                {...props}
                className={classes.pemFile ?? ''}
                aria-label={`${label}: ${t('accounts.chooseFile')}`}
              >
                {t('accounts.chooseFile')}
              </UnstyledButton>
            )}
          </FileButton>
        </div>
      )}
    />
  );
}
