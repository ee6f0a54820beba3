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
  const large = entries.length > 0xfffe;
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(large ? 0xffff : entries.length, 8);
  end.writeUInt16LE(large ? 0xffff : entries.length, 10);
  end.writeUInt32LE(list.byteLength, 12);
  end.writeUInt32LE(at, 16);
  const wide = large ? [wideEnd(entries.length, list.byteLength, at)] : [];
  return Buffer.concat([before, ...parts, list, ...wide, end]);
}

/** The end of an archive of more than 65,534 entries (zip64), and where it lies. */
function wideEnd(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(56 + 20);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(size), 40);
  end.writeBigUInt64LE(BigInt(offset), 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(offset + size), 64);
  end.writeUInt32LE(1, 72);
  return end;
}
