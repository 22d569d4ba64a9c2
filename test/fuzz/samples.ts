import { canonical, type Json } from '../../mcp-server/src/domain/canonical.ts';
import { sha256 } from '../../mcp-server/src/domain/hash.ts';

const ACTOR = { kind: 'human', name: 'Ada', email: 'ada@example.org', via: 'cli' };
const HASH = sha256('x');
const event = (type: string, body: Json) =>
  canonical({ v: 1, type, delivery: 'zone-file', at: '2026-01-05T09:00:00.000Z', actor: ACTOR, parents: [HASH], body });
const POLICY = { approvers: 1, level: 'signed', risk: 'low', separation: false, track: 'standard' };
const STATEMENT = {
  ...{ v: 1, subject: HASH, decision: 'approve', approver: { name: 'Ada', email: 'ada@example.org' }, seen: [HASH] },
  ...{ nonce: HASH, at: '2026-01-05T09:00:00.000Z', comment: 'as agreed' },
};
const SUBJECT = {
  ...{ v: 1, first: HASH, about: 'stage:requirements', artifacts: [{ path: 'requirements.md', sha256: HASH }] },
  ...{ upstream: [], policy: POLICY, round: 1 },
};

/** Events as they are stored, and settings that hold hooks. */
export const EVENTS: readonly string[] = [
  event('created', { nonce: HASH, title: 'Zone file', track: 'standard' }),
  event('submitted', { digest: HASH, subject: SUBJECT }),
  event('decided', { level: 'recorded', statement: STATEMENT }),
  event('stated', { need: 'CAP-1', status: 'resolved', fact: 'a fact', by: 'Ada' }),
  '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001,-0],"\\u20ac":"\\ud83d\\ude00"}',
  '{"hooks":{"Elicitation":[{"hooks":[{"type":"command","command":"echo"}]}]},"disableAllHooks":true}',
];

const KEY = 'AAAAC3NzaC1lZDI1NTE5AAAAIJ8u0qYV4aZ2H2Zl1i0oT0K5n5oRr5m9v2d3eQ0kqk1f';
export const SIGNERS: readonly string[] = [
  `# people\nada@example.org,*@ops.example.org namespaces="countersign-approval-v1",valid-after="20260101" ssh-ed25519 ${KEY} Ada\n`,
  `bob@example.org cert-authority,valid-before="20270101Z" ssh-ed25519 ${KEY}\n!eve@example.org ssh-rsa AAAA\n`,
  `ssh-ed25519 ${KEY}\nSHA256:abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG\nserial: 1-5\nkey: ssh-ed25519 ${KEY}\n`,
];

export const SIGNATURES: readonly string[] = [
  `-----BEGIN SSH SIGNATURE-----\n${Buffer.from(`SSHSIG\0\0\0\u0001\0\0\0\u0003abc${'\0\0\0\u0004wxyz'.repeat(6)}`).toString('base64')}\n-----END SSH SIGNATURE-----\n`,
  `-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAg${'A'.repeat(44)}\n-----END SSH SIGNATURE-----\n`,
];
