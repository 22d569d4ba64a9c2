import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { SCAN_TOOLS } from '../../mcp-server/src/domain/scan/catalogue.ts';

const present = spawnSync('terraform', ['version'], { stdio: 'ignore' }).error === undefined;

it.skipIf(!present)('[R-SCAN-1] terraform validate is read as the real program prints it', () => {
  const base = mkdtempSync(join(tmpdir(), 'countersign-terraform-'));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  const files: Record<string, string> = {
    'good/main.tf': 'variable "a" {\n  type = string\n}\n\noutput "a" {\n  value = var.a\n}\n',
    'wrong/main.tf': 'variable "a" {\n  type = strin\n}\n',
    'fetch/main.tf': 'resource "null_resource" "x" {}\n',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(base, path, '..'), { recursive: true });
    writeFileSync(join(base, path), text);
  }
  const tool = SCAN_TOOLS.find(({ name }) => name === 'terraform')!;
  const paths = Object.keys(files).sort();
  const read = tool.calls({ paths, formats: new Map() }).map((args) => {
    const { status, stdout, stderr } = spawnSync('terraform', args, { cwd: base, encoding: 'utf8' });
    return tool.read({ exit: status, out: stdout, err: stderr }, args);
  });
  expect(read).toEqual([
    { unusable: expect.stringContaining('fetch/ is not initialised') },
    [],
    [expect.objectContaining({ severity: 'error', path: 'wrong/main.tf', line: 2 })],
  ]);
});
