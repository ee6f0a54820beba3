type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array;
type Make<C extends Column> = new (length: number) => C;

/** A column of numbers that grows. */
export class Growing<C extends Column> {
  readonly #make: Make<C>;
  #array: C;
  length = 0;

  constructor(make: Make<C>, room = 1024) {
    this.#make = make;
    this.#array = new make(room);
  }

  get array(): C {
    return this.#array;
  }

  push(value: number): void {
    this.reserve(1);
    this.#array[this.length++] = value;
  }

  reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.#array.length) return;
    const grown = new this.#make(Math.max(needed, Math.ceil(this.#array.length * 1.5)));
    grown.set(this.#array);
    this.#array = grown;
  }

  /** Gives its memory back: what it holds is no longer needed. */
  drop(): void {
    this.#array = new this.#make(0);
    this.length = 0;
  }
}
