/** Whole numbers below 2^31, four bytes each. */
export class Numbers {
  #numbers = new Int32Array(1_024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(number: number): void {
    if (this.#length === this.#numbers.length) {
      const larger = new Int32Array(2 * this.#length);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.#length++] = number;
  }

  /** 0 where there is none. */
  at(place: number): number {
    return this.#numbers[place] ?? 0;
  }

  /** Place of the first that is not less, in numbers that are in order. */
  firstOf(number: number): number {
    let [low, high] = [0, this.#length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.at(middle) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Chains of numbers, each with a name, side by side: they are many. */
export class Chains {
  readonly #links = new Numbers();
  readonly #ends = new Numbers();
  readonly #names = new Numbers();
  #order = new Int32Array();

  get length(): number {
    return this.#names.length;
  }

  push(name: number, links: Iterable<number>): void {
    for (const link of links) this.#links.push(link);
    this.#ends.push(this.#links.length);
    this.#names.push(name);
  }

  /** Those that begin with the same are beside each other from then on. */
  sort(): void {
    this.#order = Int32Array.from({ length: this.length }, (_, place) => place).sort((one, other) =>
      this.#compare(one, other),
    );
  }

  /** Of the chain at a place of the order. */
  name(place: number): number {
    return this.#names.at(this.#order[place] ?? 0);
  }

  /** How far the chains at two places of the order are the same; 0 where there is none. */
  sharedLength(one: number, other: number): number {
    const [first, second] = [this.#order[one], this.#order[other]];
    return first === undefined || second === undefined ? 0 : this.#shared(first, second);
  }

  #compare(one: number, other: number): number {
    const shared = this.#shared(one, other);
    const [length, otherLength] = [this.#lengthOf(one), this.#lengthOf(other)];
    if (shared === length || shared === otherLength) return length - otherLength;
    return this.#links.at(this.#begin(one) + shared) - this.#links.at(this.#begin(other) + shared);
  }

  #shared(one: number, other: number): number {
    const [begin, otherBegin] = [this.#begin(one), this.#begin(other)];
    const most = Math.min(this.#lengthOf(one), this.#lengthOf(other));
    let length = 0;
    while (length < most && this.#links.at(begin + length) === this.#links.at(otherBegin + length)) length++;
    return length;
  }

  #begin(chain: number): number {
    return chain === 0 ? 0 : this.#ends.at(chain - 1);
  }

  #lengthOf(chain: number): number {
    return this.#ends.at(chain) - this.#begin(chain);
  }
}
