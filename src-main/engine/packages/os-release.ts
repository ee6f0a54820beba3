import { type Distribution, nameOf } from './found.ts';
import { Lines } from './lines.ts';

/** Which distribution an image is of, by its `os-release`. @see os-release(5) */
export class OsRelease {
  readonly #fields = new Map<string, string>();
  readonly #lines = new Lines((line) => {
    const [, name = '', value = ''] = /^(ID|VERSION_ID|PRETTY_NAME)=(.*)$/.exec(line.trim()) ?? [];
    if (name !== '') this.#fields.set(name, value.replace(/^(["'])(.*)\1$/, '$2'));
  });

  write(chunk: Uint8Array): void {
    this.#lines.write(chunk);
  }

  /** Undefined where it names none. */
  end(): Distribution | undefined {
    this.#lines.end();
    const id = nameOf(this.#fields.get('ID'));
    if (id === undefined) return undefined;
    const version = nameOf(this.#fields.get('VERSION_ID'));
    const name = nameOf(this.#fields.get('PRETTY_NAME'));
    return { id, ...(version === undefined ? {} : { version }), ...(name === undefined ? {} : { name }) };
  }
}
