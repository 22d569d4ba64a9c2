import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { toJSONSchema } from 'zod';
import { policySchema } from '../mcp-server/src/domain/policy/policy.ts';
import { VERBS } from '../mcp-server/src/entry/verbs/catalogue.ts';

const path = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));

describe('published descriptions', () => {
  it('docs/policy.schema.json is the schema that policies are read with (vitest -u writes it)', async () => {
    const schema = { title: 'Countersign policy (countersign.yaml)', ...toJSONSchema(policySchema, { io: 'input' }) };
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(path('docs/policy.schema.json'));
  });

  it('action.yml calls the committed bundle with options that verify has, and keeps inputs out of the script', async () => {
    const action = parse(readFileSync(path('action.yml'), 'utf8'));
    const { run } = action.runs.steps[0];
    expect(run).toContain('$GITHUB_ACTION_PATH/mcp-server/dist/cli.mjs');
    expect(run).not.toContain('${{');
    const { options } = await VERBS['verify']!.load();
    for (const [, name] of run.matchAll(/--([a-z-]+)=/g)) expect(Object.keys(options ?? {})).toContain(name);
    execFileSync('bash', ['-n'], { input: run });
  });

  it('the workflows in docs/ci.md are YAML', () => {
    const blocks = [...readFileSync(path('docs/ci.md'), 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)];
    expect(blocks).toHaveLength(3);
    for (const [, text] of blocks) expect(() => parse(text!.replaceAll(/^ {6}/gm, '      '))).not.toThrow();
  });
});
