import { defineTool, delivery } from './tool.ts';

export const asBuiltTool = defineTool({
  name: 'as_built',
  title: 'Generate as-built',
  description: 'Generates as-built.md from ledger and files, after Build; what people wrote stays.',
  kind: 'write',
  input: { delivery },
  async handle({ delivery: id }, { ports, actor, explore }) {
    const [{ makeAsBuilt }, { scanForBuild }] = await Promise.all([
      import('../../app/as-built.ts'),
      import('../../app/scan.ts'),
    ]);
    // Where one decision covers Build and the record, the record needs the scan before it.
    await scanForBuild(ports, async () => (await explore('.')).extraction, { id, stage: 'as-built', actor });
    return makeAsBuilt(ports, id);
  },
});
