import { describe, expect, it } from 'vitest';
import { type Neighbour, neighbourFindings } from './neighbours.ts';

const delivery = (id: string, more: Partial<Neighbour> = {}): Neighbour => ({ id, dependsOn: [], owned: [], ...more });
const told = (...all: Neighbour[]) =>
  neighbourFindings(all, new Set(all.map(({ id }) => id))).map(({ rule, path, message }) => [rule, path, message]);

describe('between deliveries', () => {
  it('what stands beside each other is fine', () => {
    const ipam = delivery('ipam', { owned: [{ component: 'CMP-1', paths: ['roles/ipam/', 'ipam.yml'] }] });
    const vlan = delivery('vlan', { dependsOn: ['ipam'], owned: [{ component: 'CMP-1', paths: ['roles/vlan/**'] }] });
    expect(told(ipam, vlan)).toEqual([]);
  });

  it('a dependency that is not there is named', () => {
    expect(told(delivery('vlan', { dependsOn: ['ipam'] }))).toEqual([
      ['unknown-dependency', 'deliveries/vlan/requirements.md', 'depends on ipam, which is not a delivery here'],
    ]);
  });

  it('a dependency that is there and was not looked at is known', () => {
    const vlan = delivery('vlan', { dependsOn: ['ipam'] });
    expect(neighbourFindings([vlan], new Set(['vlan', 'ipam']))).toEqual([]);
  });

  it('a circle is told once, in its order, also of one delivery', () => {
    const all = [
      delivery('a', { dependsOn: ['b'] }),
      delivery('b', { dependsOn: ['c'] }),
      delivery('c', { dependsOn: ['b'] }),
      delivery('d', { dependsOn: ['d', 'a'] }),
    ];
    const message = (way: string) => `deliveries depend on each other in a circle: ${way}`;
    expect(told(...all)).toEqual([
      ['dependency-cycle', 'deliveries/b/requirements.md', message('b, c, b')],
      ['dependency-cycle', 'deliveries/d/requirements.md', message('d, d')],
    ]);
  });

  it('two ways to the same delivery are no circle', () => {
    const all = [
      delivery('a', { dependsOn: ['b', 'c'] }),
      delivery('b', { dependsOn: ['d'] }),
      delivery('c', { dependsOn: ['d'] }),
      delivery('d'),
    ];
    expect(told(...all)).toEqual([]);
  });

  it('a path that two own is told to the one whose claim lies in the other', () => {
    const net = delivery('net', { owned: [{ component: 'CMP-1', paths: ['roles/'] }] });
    const vlan = delivery('vlan', { owned: [{ component: 'CMP-2', paths: ['roles/vlan/tasks/*.yml', 'x@y'] }] });
    expect(told(net, vlan)).toEqual([
      ['path-conflict', 'deliveries/vlan/design.md', 'CMP-2 owns roles/vlan/tasks/*.yml, and CMP-1 of net owns roles/'],
    ]);
  });

  it('a thousand deliveries in a row take no time to speak of', () => {
    const all = Array.from({ length: 1000 }, (_, at) =>
      delivery(`d${at}`, {
        dependsOn: at === 0 ? [] : [`d${at - 1}`],
        owned: [{ component: 'CMP-1', paths: [`roles/r${at}/`] }],
      }),
    );
    expect(told(...all)).toEqual([]);
  });
});
