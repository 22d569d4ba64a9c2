import { example } from './example.ts';
import { eachFact, type GapRule } from './rule.ts';

export const floatingImageTag: GapRule = {
  id: 'floating-image-tag',
  severity: 'warning',
  expects: 'An image is named by a digest or by a tag that says a version.',
  examples: {
    fails: example(['image', 'nginx:latest', { pinned: false }]),
    passes: example(['image', 'nginx:1.27.3', { pinned: true }], ['image', 'app:$TAG', {}]),
  },
  find: (facts) =>
    eachFact(
      facts.having('pinned'),
      (fact) => fact.kind === 'image' && fact.attributes['pinned'] === false,
      (fact) =>
        `Image ${JSON.stringify(fact.name)} has no digest and no version in its tag, so what runs can change unseen.`,
    ),
};
