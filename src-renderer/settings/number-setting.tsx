import { NumberInput } from '@mantine/core';
import { useState } from 'react';

interface NumberSettingProps {
  label: string;
  help: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  onChange: (value: number) => void;
}

/** A number that takes effect when the field is left or Enter is pressed; what is out of bounds is brought back in. */
export function NumberSetting({ label, help, value, min, max, step = 1, onChange }: NumberSettingProps) {
  const [text, setText] = useState<number | string>(value);
  const settle = () => {
    const number = typeof text === 'number' ? Math.min(max, Math.max(min, Math.round(text))) : value;
    setText(number);
    if (number !== value) onChange(number);
  };
  return (
    <NumberInput
      label={label}
      description={help}
      styles={{ wrapper: { width: 140 } }}
      value={text}
      min={min}
      max={max}
      step={step}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="none"
      onChange={setText}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle();
      }}
    />
  );
}
