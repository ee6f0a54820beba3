const MAGIC = 0xfd2fb528;
/** Of frames that decoders skip: the first of sixteen. */
const SKIPPABLE = 0x184d2a50;

/**
 * The same bytes, cut where a frame ends: Node.js unpacks several frames only if none begins in the chunk in which another one ends.
 * What is no frame is handed on for the decompressor to refuse.
 *
 * @see RFC 8878, section 3.1
 */
export async function* frames(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  const scan = new FrameScan();
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.byteLength; ) {
      const end = scan.endOf(chunk, at);
      yield chunk.subarray(at, end);
      at = end;
    }
  }
}

/** Follows the headers of frames and blocks. */
class FrameScan {
  #part: 'frame' | 'block' | 'body' | 'unknown' = 'frame';
  /** Of a frame or a block, as far as it has come. */
  readonly #header: number[] = [];
  /** Bytes of the body that are to come. */
  #left = 0;
  /** A frame ends with this body. */
  #last = false;
  #checksum = 0;

  /** Where a frame ends in a chunk, after `at`; else the end of the chunk. */
  endOf(chunk: Buffer, start: number): number {
    for (let at = start; at < chunk.byteLength; ) {
      if (this.#part === 'unknown') break;
      if (this.#part === 'body') {
        const taken = Math.min(this.#left, chunk.byteLength - at);
        at += taken;
        this.#left -= taken;
      } else {
        this.#header.push(chunk[at++] ?? 0);
        if (!this.#readHeader()) continue;
        this.#header.length = 0;
      }
      if (this.#part === 'body' && this.#left === 0) {
        this.#part = this.#last ? 'frame' : 'block';
        if (this.#last) return at;
      }
    }
    return chunk.byteLength;
  }

  /** False: more of it has to come. */
  #readHeader(): boolean {
    const bytes = Uint8Array.from(this.#header);
    return this.#part === 'frame' ? this.#readFrame(bytes) : this.#readBlock(bytes);
  }

  #readFrame(bytes: Uint8Array): boolean {
    if (bytes.byteLength < 5) return false;
    const view = new DataView(bytes.buffer);
    const magic = view.getUint32(0, true);
    if (magic >= SKIPPABLE && magic < SKIPPABLE + 16) {
      if (bytes.byteLength < 8) return false;
      this.#begin(view.getUint32(4, true), true);
      return true;
    }
    if (magic !== MAGIC) {
      this.#part = 'unknown';
      return true;
    }
    const descriptor = bytes[4] ?? 0;
    const single = (descriptor & 0x20) !== 0;
    const dictionary = [0, 1, 2, 4][descriptor & 3] ?? 0;
    const content = [single ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
    if (bytes.byteLength < 5 + (single ? 0 : 1) + dictionary + content) return false;
    this.#checksum = (descriptor & 4) === 0 ? 0 : 4;
    this.#part = 'block';
    return true;
  }

  #readBlock([low = 0, middle = 0, high]: Uint8Array): boolean {
    if (high === undefined) return false;
    const header = low | (middle << 8) | (high << 16);
    const last = (header & 1) !== 0;
    // A block of one repeated byte is stored as that byte.
    const size = ((header >> 1) & 3) === 1 ? 1 : header >> 3;
    this.#begin(size + (last ? this.#checksum : 0), last);
    return true;
  }

  #begin(size: number, last: boolean): void {
    this.#part = 'body';
    this.#left = size;
    this.#last = last;
  }
}
