import { crc32, deflateRawSync } from 'node:zlib';

/** A zip archive of these entries, as `jar` writes one. */
export function zipOf(
  entries: readonly (readonly [name: string, content: string | Buffer])[],
  {
    before = Buffer.alloc(0),
    store = false,
    claimed,
  }: { before?: Buffer; store?: boolean; claimed?: number } = {},
): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, content] of entries) {
    const bytes = Buffer.from(content);
    const packed = store ? bytes : deflateRawSync(bytes);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(store ? 0 : 8, 8);
    local.writeUInt32LE(crc32(bytes), 14);
    local.writeUInt32LE(packed.byteLength, 18);
    local.writeUInt32LE(claimed ?? bytes.byteLength, 22);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const listed = Buffer.alloc(46);
    listed.writeUInt32LE(0x02014b50, 0);
    local.copy(listed, 6, 4, 30);
    listed.writeUInt32LE(at, 42);
    const whole = [local, Buffer.from(name), packed];
    parts.push(...whole);
    central.push(listed, Buffer.from(name));
    at += Buffer.concat(whole).byteLength;
  }
  const list = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.byteLength, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([before, ...parts, list, end]);
}
