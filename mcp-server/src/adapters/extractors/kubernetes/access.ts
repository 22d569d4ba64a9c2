import type { Attributes } from '../../../domain/extract/build.ts';
import { childOf, itemsOf, textsOf } from '../yaml/node.ts';
import { at, type KubeObject } from './object.ts';

/** What a role allows, one line a rule: `get,list on apps/deployments`; `wildcard` where a star stands. */
export function accessAttributes({ root }: KubeObject): Attributes {
  const rules = itemsOf(at(root, 'rules')).map((rule) => {
    const verbs = textsOf(childOf(rule, 'verbs'));
    const resources = [...textsOf(childOf(rule, 'resources')), ...textsOf(childOf(rule, 'nonResourceURLs'))];
    const groups = textsOf(childOf(rule, 'apiGroups')).filter((group) => group !== '');
    const on = resources.map((resource) => (groups.length === 1 ? `${groups[0]}/${resource}` : resource));
    return { text: `${verbs.join(',')} on ${on.join(',')}`, star: [...verbs, ...resources].includes('*') };
  });
  return {
    rules: rules.map((rule) => rule.text),
    wildcard: rules.some((rule) => rule.star) || undefined,
  };
}
