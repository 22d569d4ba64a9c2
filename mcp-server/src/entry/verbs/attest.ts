import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { attestationBundle } from '../../app/attest.ts';
import { inputFault } from '../../domain/fault.ts';
import { whoIsThere } from '../person.ts';
import type { Verb } from './verb.ts';

export const attestVerb: Verb = {
  usage: 'attest <id> --out FOLDER [--key PATH]',
  options: {
    out: {
      type: 'string',
      takes: 'FOLDER',
      summary: 'where the bundle is written; a folder that is not there yet, or empty',
    },
    key: { type: 'string', takes: 'PATH', summary: 'the SSH key to sign the statement with' },
  },
  examples: [
    'attest office-vlans --out office-vlans.attestation',
    'attest office-vlans --out bundle --key ~/.ssh/id_countersign',
  ],
  arity: [1, 1],
  async run({ args, options }, context) {
    const [id] = args as [string];
    const folder = options['out'] as string | undefined;
    if (folder === undefined)
      throw inputFault({ code: 'bad-usage', message: 'it is not said where to write it', expected: '--out FOLDER' });
    const root = resolve(context.cwd, folder);
    if (existsSync(root) && readdirSync(root).length > 0)
      throw inputFault({
        code: 'not-empty',
        message: `${JSON.stringify(folder)} holds something already`,
        expected: 'a folder that is not there yet, or empty',
      });
    const ports = context.ports();
    const named = options['key'] as string | undefined;
    const key = named === undefined ? undefined : await ports.signatures.findKey(named, undefined);
    const signing = key === undefined ? undefined : { key: key.path, by: await whoIsThere(ports) };
    const files = await attestationBundle(ports, id, signing);
    for (const [path, text] of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const signed = key === undefined ? 'unsigned' : 'signed';
    const said = `Wrote ${files.size} files to ${folder}; the statement is ${signed}.`;
    return {
      answer: {
        said,
        blocks: [],
        next: `countersign verify --bundle ${folder}`,
        data: { delivery: id, files: files.size, signed },
      },
    };
  },
};
