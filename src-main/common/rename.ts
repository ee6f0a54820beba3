/**
 * The name that a repository has at the target of a synchronisation. In the template `{repository}` is its whole name, `{namespace}`
 * what comes before the last slash, `{name}` the rest; `{repository#team/}` is the whole name without this beginning, where it has it.
 */
export function renamed(repository: string, template: string): string {
  const slash = repository.lastIndexOf('/');
  const parts: Readonly<Record<string, string>> = {
    repository,
    namespace: repository.slice(0, Math.max(slash, 0)),
    name: repository.slice(slash + 1),
  };
  // An image without a namespace leaves no empty part behind.
  return tidied(
    template.replaceAll(PART, (whole, part: string, start: string | undefined) => {
      const value = parts[part];
      if (value === undefined) return whole;
      return start !== undefined && value.startsWith(start) ? value.slice(start.length) : value;
    }),
  );
}

const PART = /\{(\w+)(?:#([^{}]*))?\}/g;
/** A template with what its repositories begin with left out. */
const BEGINNING = /\{repository#([^{}]*)\}/;

/**
 * Says of names at a target what they were before: one that such a template gives. Null for a name that it never gives, an empty text where it may come from
 * several, as `{name}` alone leaves the namespace out.
 */
export function renamedFrom(template: string): (name: string) => string | null {
  const start = BEGINNING.exec(template)?.[1] ?? '';
  const plain = template.replaceAll(PART, '{$1}');
  // Without a namespace its part and the slash are left out.
  const shapes = [plain, plain.replaceAll('{namespace}', '')].map(
    (shape) => new RegExp(`^${patternOf(tidied(shape))}$`, 'u'),
  );
  return (name) => {
    for (const shape of shapes) {
      const found = shape.exec(name);
      if (!found) continue;
      const { repository, namespace, name: last } = found.groups ?? {};
      const whole = repository === undefined ? undefined : [`${start}${repository}`, repository];
      const before =
        whole?.find((each) => renamed(each, template) === name) ??
        (last === undefined ? undefined : tidied(`${namespace ?? ''}/${last}`));
      const isWhole = repository !== undefined || namespace !== undefined || template.includes('{namespace}');
      if (before === undefined || !isWhole) return '';
      if (renamed(before, template) === name) return before;
    }
    return null;
  };
}

const PARTS: Readonly<Record<string, string>> = { repository: '.+', namespace: '.+', name: '[^/]+' };

/** Each part once as a group; where it stands again, the same text does. */
function patternOf(template: string): string {
  const seen = new Set<string>();
  return template
    .split(/\{(\w+)\}/)
    .map((piece, at) => {
      const part = at % 2 === 1 ? PARTS[piece] : undefined;
      if (part === undefined) return escaped(at % 2 === 1 ? `{${piece}}` : piece);
      if (seen.has(piece)) return `\\k<${piece}>`;
      seen.add(piece);
      return `(?<${piece}>${part})`;
    })
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, (character) => `\\${character}`);
}

function tidied(name: string): string {
  return name
    .trim()
    .split('/')
    .filter((part) => part !== '')
    .join('/');
}
