import { describe, expect, it } from 'vitest';
import { extractFile } from '../../../domain/extract/extract-file.ts';
import { settings } from './extractor.ts';

const facts = (path: string, text: string) => extractFile([settings], { path, text })[0]?.extraction.facts ?? [];

describe('the settings extractor', () => {
  it('reads values with their lines, quoted, exported and with CRLF', () => {
    const found = facts('a/.env.example', '# c\r\nMODE=prod\r\nexport NAME="a b"\r\nnot a pair\r\n');
    expect(found.map(({ name, attributes, evidence }) => [name, attributes['value'], evidence[0]?.line])).toEqual([
      ['MODE', 'prod', 2],
      ['NAME', 'a b', 3],
    ]);
  });

  it('finds the secrets of .env and key files without their values', () => {
    const said = facts('.env', 'DB_PASSWORD=two words 9\nTOKEN=$OTHER\n');
    expect(said.map((fact) => `${fact.kind} ${fact.name}`)).toEqual([
      'value DB_PASSWORD',
      'value TOKEN',
      'secret DB_PASSWORD',
    ]);
    expect(JSON.stringify(said)).not.toContain('two words 9');
    const block = ['-----BEGIN PRIVATE', 'KEY-----\nMIIB0gIBADANBgkqhkiG9w0\n-----END PRIVATE', 'KEY-----\n'].join(' ');
    expect(facts('tls/server.key', block)).toMatchObject([{ kind: 'secret', evidence: [{ line: 1, endLine: 3 }] }]);
  });

  it.each(['.env', 'prod.env', '.env.local', 'a/id_rsa', 'x.pem'])('takes %s', (path) => {
    expect(settings.matches(path, '')).toBe(true);
  });

  it.each(['env.ts', 'a.environment', 'id_rsa.pub', '.envrc.md'])('leaves %s', (path) => {
    expect(settings.matches(path, '')).toBe(false);
  });
});
