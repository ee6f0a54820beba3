import { compareVersions } from './order.ts';

const OPERATORS = ['<=', '>=', '!=', '==', '<', '>', '='] as const;
type Operator = (typeof OPERATORS)[number];

/** Of the versions that are asked for. */
export interface VersionCondition {
  operator: Operator;
  version: string;
}

/** A package as a person asks for it. */
export interface AskedPackage {
  name: string;
  /** All of them have to hold; none: any version. */
  versions: readonly VersionCondition[];
}

const CONDITION = /(<=|>=|!=|==|<|>|=)\s*([^\s,<>=!]+)/g;

/**
 * `log4j-core`, `log4j-core < 2.17`, `openssl >= 3.0, < 3.0.15`, `lodash@4.17.21`. A scope (`@babel/core`) is part of the name.
 *
 * @returns undefined where a condition has no version, as while it is typed, or there is no name
 */
export function askedPackage(text: string): AskedPackage | undefined {
  const [, named = '', conditions = ''] = /^([^<>=!,]*)(.*)$/s.exec(text) ?? [];
  const [, name = '', version] = /^\s*(@?[^@]*?)\s*(?:@\s*(\S+)\s*)?$/.exec(named) ?? [];
  const versions = [...conditions.matchAll(CONDITION)].map(
    ([, operator, asked = '']): VersionCondition => ({ operator: operator as Operator, version: asked }),
  );
  const isWhole = conditions.replace(CONDITION, '').replace(/[\s,]/g, '') === '';
  if (name === '' || !isWhole) return undefined;
  return { name, versions: version === undefined ? versions : [{ operator: '=', version }, ...versions] };
}

/** Whether a version fulfils all; undefined where its order is not known. */
export function isWithin(
  type: string,
  version: string,
  conditions: readonly VersionCondition[],
): boolean | undefined {
  let within = true;
  for (const { operator, version: asked } of conditions) {
    const order = version === asked ? 0 : compareVersions(type, version, asked);
    if (order === undefined) return undefined;
    within &&= holds(order, operator);
  }
  return within;
}

function holds(order: number, operator: Operator): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '!=':
      return order !== 0;
    case '=':
    case '==':
      return order === 0;
  }
}
