// Draws docs/threat-model.md from the attacks that test/redteam carries out.
import { mkdir, writeFile } from 'node:fs/promises';
import { load } from './load-ts.mjs';

const { threatModelPage } = await load('test/redteam/page.ts');
await mkdir('docs', { recursive: true });
await writeFile('docs/threat-model.md', threatModelPage());
