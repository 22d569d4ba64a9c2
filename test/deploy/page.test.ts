import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { TOOLS } from '../../mcp-server/src/domain/deploy/environment.ts';
import { OUTCOMES } from '../../mcp-server/src/domain/deploy/event-bodies.ts';
import { readPolicy } from '../../mcp-server/src/domain/policy/policy.ts';

const page = readFileSync(new URL('../../docs/deploy.md', import.meta.url), 'utf8');

it('docs/deploy.md shows a policy that holds, and names every tool and outcome', () => {
  const [, example] = /```yaml\n([\s\S]*?)```/.exec(page)!;
  expect(readPolicy(example!)).toMatchObject({
    policy: { environments: { prod: { deploy: { after: ['staging'] } } } },
  });
  for (const name of [...TOOLS, ...OUTCOMES]) expect(page).toContain(`\`${name}\``);
});
