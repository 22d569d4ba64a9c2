import type { Fields } from './strategic-merge.ts';

/**
 * A Secret as Go clients send it: four bytes of magic, then `runtime.Unknown` with the object in field 2 (Kubernetes, API
 * concepts, "Kubernetes Protobuf encoding"; field numbers from api/core/v1 and apimachinery's meta/v1).
 */
export function secretIn(bytes: Buffer): Fields {
  const [raw] = fieldsOf(bytes.subarray(4)).get(2) ?? [];
  const secret = fieldsOf(raw!);
  const [meta] = secret.get(1) ?? [];
  const own = fieldsOf(meta!);
  const text = (value: Buffer | undefined) => value?.toString() ?? '';
  const pairs = (entries: readonly Buffer[] | undefined, read: (value: Buffer | undefined) => string) =>
    Object.fromEntries(
      (entries ?? []).map((entry) => {
        const pair = fieldsOf(entry);
        return [text(pair.get(1)?.[0]), read(pair.get(2)?.[0])];
      }),
    );
  return {
    metadata: { name: text(own.get(1)?.[0]), labels: pairs(own.get(11), text) },
    data: pairs(secret.get(2), (value) => value?.toString('base64') ?? ''),
    type: text(secret.get(3)?.[0]),
  };
}

/** The length-delimited fields of a message by number; numbers are passed over. */
function fieldsOf(message: Buffer): Map<number, Buffer[]> {
  const fields = new Map<number, Buffer[]>();
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = message[at++]!;
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    if (tag % 8 === 0) {
      varint();
      continue;
    }
    const length = varint();
    const number = Math.floor(tag / 8);
    fields.set(number, [...(fields.get(number) ?? []), message.subarray(at, at + length)]);
    at += length;
  }
  return fields;
}
