import { describe, expect, it } from 'vitest';
import { exampleInput, runRules } from './rule.ts';
import { vendorOutsideBindings } from './vendor-outside-bindings.ts';

const found = (bindings: string[], said: string, components = '') => {
  const rows = bindings.map((one) => `| ${one} | REST | 1 |\n`).join('');
  const artifacts = {
    'requirements.md': `## Requirements\n\n### REQ-1: Runs\n\nThe script SHALL ${said}.\n`,
    'design.md': `## Bindings\n\n| Role | System | Adapter | Version |\n|---|---|---|---|\n${rows}\n## Components\n\n${components}`,
  };
  return runRules([vendorOutsideBindings], exampleInput({ title: '', artifacts, reports: [] })).map(
    ({ path, line, message }) => `${path}:${line} ${message}`,
  );
};

describe('a product outside of Bindings', () => {
  it.each([
    ['IPAM | NetBox 4.2', 'ask NetBox', 'NetBox'],
    ['IPAM | NetBox v4.2.1 ', 'ask NetBox', 'NetBox'],
    ['IPAM | NetBox or phpIPAM', 'ask phpIPAM', 'phpIPAM'],
    ['IPAM | Address plan (Infoblox), NetBox/Nautobot', 'ask Infoblox', 'Infoblox'],
    ['IPAM | Address plan (Infoblox), NetBox/Nautobot', 'ask Nautobot', 'Nautobot'],
    ['Cloud | AWS, AWS Lambda', 'call AWS Lambda', 'AWS Lambda'],
    ['Chat | A+B (C)', 'tell A+B', 'A+B'],
    ['IPAM | Red 7 Box', 'ask Red 7 Box', 'Red 7 Box'],
  ])('is one of %s in "%s"', (binding, said, name) => {
    expect(found([binding], said)).toEqual([`requirements.md:5 ${name} is a product of Bindings`]);
  });

  it.each([
    ['IPAM | NetBox', 'ask NetBox-like things and MyNetBox'],
    ['IPAM | IPAM', 'ask the IPAM'],
    ['Ipam | IPAM', 'ask the IPAM'],
    ['Store | vault', 'ask the vault'],
    ['Cloud | Go', 'Go on'],
    ['Programming language | Python 3', 'run under Python'],
    ['Container engine | Docker', 'run in Docker'],
    [`IPAM | ${'N'.repeat(61)}`, `ask ${'N'.repeat(61)}`],
  ])('is none of %s in "%s"', (binding, said) => {
    expect(found([binding], said)).toEqual([]);
  });

  it('is looked for in what components are called and said to do, and not in their fields', () => {
    const components =
      '### CMP-1: NetBox client\n\nAsks NetBox.\n\n- Kind: NetBox module\n- Depends on: NetBox\n- asks the NetBox: often\n- NetBox is asked\n';
    expect(found(['IPAM | NetBox'], 'run', components)).toEqual([
      'design.md:9 NetBox is a product of Bindings',
      'design.md:11 NetBox is a product of Bindings',
      'design.md:15 NetBox is a product of Bindings',
      'design.md:16 NetBox is a product of Bindings',
    ]);
  });
});
