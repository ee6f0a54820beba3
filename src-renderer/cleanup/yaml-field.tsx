import { Textarea, UnstyledButton } from '@mantine/core';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleProblem } from '../../src-main/common/cleanup.ts';
import classes from './cleanup.module.css';
import { problemText } from './problems.ts';

export interface YamlFieldProps {
  text: string;
  problems: readonly RuleProblem[];
  onChange: (text: string) => void;
}

/** The rules as text, and what is wrong with it: each leads to its line. */
export function YamlField({ text, problems, onChange }: YamlFieldProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const goTo = (line: number) => {
    const lines = text.split('\n');
    const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    input.current?.focus();
    input.current?.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  };
  return (
    <div className={classes.yaml}>
      <Textarea
        ref={input}
        label={t('cleanup.yaml')}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
        spellCheck={false}
        autoComplete="off"
        wrap="off"
        aria-invalid={problems.length > 0}
        aria-describedby={id}
        classNames={{
          root: classes.yamlRoot ?? '',
          wrapper: classes.yamlRoot ?? '',
          input: classes.yamlInput ?? '',
        }}
      />
      <ul id={id} className={classes.problems} aria-live="polite" aria-label={t('cleanup.problemsLabel')}>
        {problems.map((problem) => (
          <li key={`${problem.path} ${problem.code}`} data-problem={problem.code}>
            <UnstyledButton className={classes.problem ?? ''} onClick={() => goTo(problem.line ?? 1)}>
              {problem.line !== undefined && <strong>{t('cleanup.line', { line: problem.line })}</strong>}
              <span>
                {problemText(t, problem)} <span className={classes.mono}>{problem.path}</span>
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </div>
  );
}
