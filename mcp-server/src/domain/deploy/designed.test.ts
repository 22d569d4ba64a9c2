import { describe, expect, it } from 'vitest';
import { readDesign } from '../artifact/design.ts';
import { DEFAULT_POLICY } from '../policy/policy.ts';
import { unlikeDesign } from './designed.ts';
import { deploySchema } from './environment.ts';

const settings = (more: object = {}) => ({
  deploy: deploySchema.parse({ tool: 'command', plan: ['a'], apply: ['b'], ...more }),
});
const compared = (blocks: string, more: object = {}, level: 'recorded' | 'signed' = 'recorded') =>
  unlikeDesign(
    readDesign(`## Environments\n\n${blocks}\n`),
    'prod',
    { environments: { ...DEFAULT_POLICY.environments, staging: settings(), prod: settings(more) } },
    level,
  );

describe("an environment beside the design's", () => {
  it('is fine where the design says nothing of environments, or names none that policy deploys to', () => {
    expect(compared('')).toEqual([]);
    expect(compared('### Local\n\n- Kind: sandbox\n')).toEqual([]);
    expect(compared('### prod: the real one\n\n- Kind: protected\n- Overlay: open\n- After: nothing\n')).toEqual([]);
  });

  it('has to be one of those that the design names', () => {
    expect(compared('### Staging\n')).toEqual(['the design has no environment prod; it has staging']);
  });

  it('waits for what the design has before it; more may be asked', () => {
    const blocks = '### staging\n\n### prod\n\n- After: `staging`\n';
    expect(compared(blocks)).toEqual(['the design has prod after staging, countersign.yaml has not']);
    expect(compared(blocks, { after: ['staging'] })).toEqual([]);
    expect(compared('### prod\n', { after: ['staging'] })).toEqual([]);
  });

  it('reads the overlays that the design names, from the project or from its folder', () => {
    const blocks = '### prod\n\n- Overlay: `values/prod.yml`, none\n';
    expect(compared(blocks)).toEqual(['the design has values/prod.yml as overlay of prod, countersign.yaml has not']);
    expect(compared(blocks, { overlay: ['./values/prod.yml'] })).toEqual([]);
    expect(compared('### prod\n\n- Overlay: open, e.g. two replicas (https://wiki.example.org/prod)\n')).toEqual([]);
    expect(compared(blocks, { directory: 'values', overlay: ['prod.yml'] })).toEqual([]);
    expect(compared('### prod\n\n- Overlay: k8s/overlays/prod/\n', { overlay: ['k8s/overlays/prod/a.yml'] })).toEqual(
      [],
    );
    expect(compared('### prod\n\n- Overlay: values/pro\n', { overlay: ['values/prod.yml'] })).toHaveLength(1);
  });

  it('asks for the level that the design names, or a higher one', () => {
    const blocks = '### prod\n\n- Level: signed, by two people\n';
    expect(compared(blocks)).toEqual(['the design asks for the level signed in prod, countersign.yaml for recorded']);
    expect(compared(blocks, {}, 'signed')).toEqual([]);
    expect(compared('### prod\n\n- Level: recorded\n', {}, 'signed')).toEqual([]);
  });

  it('has a change window where the design has one', () => {
    const blocks = '### prod\n\n- Window: mon-thu 08:00-16:00 Europe/Berlin\n';
    expect(compared(blocks)).toEqual(['the design has a change window for prod, countersign.yaml has none']);
    expect(compared(blocks, { windows: ['mon-thu 07:00-15:00'] })).toEqual([]);
    expect(compared('### prod\n\n- Window: none\n')).toEqual([]);
  });
});
