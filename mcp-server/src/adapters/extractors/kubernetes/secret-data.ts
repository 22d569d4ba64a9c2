import { Buffer } from 'node:buffer';
import type { FileBuilder } from '../../../domain/extract/build.ts';
import { secretLiteral } from '../../../domain/extract/secret-shapes.ts';
import type { SecretClass } from '../../../domain/extract/secrets.ts';
import { childOf, entriesOf, textOf } from '../yaml/node.ts';
import type { KubeObject } from './object.ts';

// What lies beside the secret in a Secret: names, addresses and switches.
const ordinaryKey =
  /^(?:description|user(?:-?_?name)?|e?mail|(?:[\w.-]*[._-])?(?:host(?:name)?|port|url|uri|endpoint|region|zone|type|name|namespace|id|enabled|version|path|bucket|database|db)|vmtype|usage-.*|auth-extra-groups|expiration|ca\.crt|tls\.crt)$/i;
// Encrypted by a tool (SOPS, SealedSecrets, KMS envelopes) or filled in by one.
const standsFor = /^ENC\[|^(?:ref\+|vault:|avp:|op:)|^AQ[A-Za-z0-9+/=]{80,}/;

/**
 * Secrets in clear in a `kind: Secret`: every literal under data and stringData but for keys that name something
 * ordinary. Base64 is no protection, so data is decoded before it is judged.
 */
export function secretData(file: FileBuilder, object: KubeObject): void {
  if (object.kind !== 'Secret' || object.group !== '') return;
  if (childOf(object.root, 'sops') !== undefined) return;
  for (const key of ['data', 'stringData']) {
    for (const entry of entriesOf(childOf(object.root, key))) {
      const value = textOf(entry.value)?.trim() ?? '';
      if (ordinaryKey.test(entry.key) || standsFor.test(value)) continue;
      const decoded = key === 'data' ? Buffer.from(value, 'base64').toString('utf8') : value;
      // A block of settings is a secret as a whole; a single value is judged as a password would be.
      if (!value.includes('\n') && (!secretLiteral('password', decoded) || !secretLiteral('password', value))) continue;
      const line = entry.keyLine;
      file.secret({
        name: entry.key,
        class: classOf(entry.key),
        line,
        endLine: Math.max(line, entry.value.endLine),
        value,
      });
    }
  }
}

function classOf(key: string): SecretClass {
  if (/token|\.dockerconfigjson|kubeconfig/i.test(key)) return 'token';
  return /\.(?:key|pem)$|private|id_(?:rsa|ed25519|ecdsa)/i.test(key) ? 'private-key' : 'password';
}
