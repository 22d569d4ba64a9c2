import { readPolicy } from '../../domain/policy/policy.ts';
import { line, type Probe } from './machine.ts';

/** Whether reviews on the git host can count: policy has to say whose accounts they are. */
export const hostedReviews: Probe = ({ project, read }) => {
  const policy = readPolicy(read(`${project.root}/countersign.yaml`) ?? 'countersign: policy/1');
  const people = 'policy' in policy ? Object.keys(policy.policy.accounts) : [];
  return people.length > 0
    ? line('accounts', 'good', {
        found: `policy knows the accounts of ${people.length} people`,
        means: 'verify --hosted can count their reviews of the exact bytes',
      })
    : line('accounts', 'warning', {
        found: 'policy names no accounts of the git host',
        means: 'a review there counts for nothing here',
        improve: 'accounts in countersign.yaml: the e-mail address of each reviewer with the account',
        keepsFrom: ['hosted'],
      });
};
