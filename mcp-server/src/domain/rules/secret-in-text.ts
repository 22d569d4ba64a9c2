import { artifactsOf, type Rule } from './rule.ts';
import { secretsIn } from './secret-shapes.ts';

const text = (line: string) => ({ 'requirements.md': `## Problem\n\n${line}\n` });

export const secretInText: Rule = {
  id: 'secret-in-text',
  severity: 'error',
  summary: 'No artifact holds a secret: its text is frozen as evidence, read by many and never deleted.',
  examples: [
    {
      title: 'where the secret is kept',
      artifacts: text('The password: vault:kv/dns#api, and TOKEN=$DNS_TOKEN1 or --token "$DNS_TOKEN1".'),
      reports: [],
    },
    {
      title: 'words about secrets',
      artifacts: text(
        'The token expires2027, password: rotated-in-2027 quarterly, token: 2FA-enabled, secret: CON-1200.',
      ),
      reports: [],
    },
    { title: 'a password', artifacts: text('Log in with password=tr0ub4dor&3x.'), reports: [3] },
    {
      title: 'a key as a setting, and as an option',
      artifacts: text('```\napi_key: "k3Jd-92ksPq01"\ndeploy --auth-token 9f86d081884c\n```'),
      reports: [4, 5],
    },
    {
      title: 'a password in an address',
      artifacts: text('It reads https://svc:h7Gx2kQ9@dns.example.net/api today.'),
      reports: [3],
    },
    { title: 'a private key', artifacts: text('```\n-----BEGIN OPENSSH PRIVATE KEY-----\n```'), reports: [4] },
  ],
  check: (input) =>
    artifactsOf(input).flatMap(({ path, doc }) =>
      secretsIn(doc.text).map(({ kind, line }) => ({
        path,
        line,
        message: `this line seems to hold ${kind} (not shown here)`,
        fix: 'remove it, change it where it is used, and say instead where it is kept',
      })),
    ),
};
