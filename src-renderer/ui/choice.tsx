import { Input, SegmentedControl } from '@mantine/core';

export interface ChoiceProps<Value extends string> {
  label: string;
  description?: string;
  value: Value;
  options: readonly Value[];
  /** What an option is called. */
  name: (value: Value) => string;
  onChange: (value: Value) => void;
}

/** One of a few, all in sight: a labelled row of segments. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { label, description, value, options, name, onChange } = props;
  return (
    <Input.Wrapper label={label} description={description} labelElement="div">
      <div>
        <SegmentedControl<Value>
          mt={4}
          size="xs"
          aria-label={label}
          value={value}
          data={options.map((option) => ({ value: option, label: name(option) }))}
          onChange={onChange}
        />
      </div>
    </Input.Wrapper>
  );
}
