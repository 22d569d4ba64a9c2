import { from } from '../../domain/doctor/line.ts';
import { contentHash } from '../../domain/hash.ts';
import { signerTrust } from '../signer-trust.ts';
import { line, type Probe } from './machine.ts';

/** The signers of the repository, and what a person accepted of them on this machine. */
export const pins: Probe = ({ project, env }) => {
  const trust = signerTrust(project, env);
  const [file, pinned] = [trust.file(), trust.pinned()];
  if (file === undefined && pinned === undefined)
    return line('pins', 'warning', {
      found: 'there is no deliveries/allowed_signers',
      means: 'nobody may sign decisions here',
      improve: 'countersign init --signed',
      keepsFrom: from('signed'),
    });
  if (pinned === undefined)
    return line('pins', 'warning', {
      found: 'the signers of this repository were not accepted on this machine',
      means: 'their signatures count as recorded here',
      improve: 'countersign trust',
      keepsFrom: from('signed'),
    });
  if (file === undefined || contentHash(file) !== contentHash(pinned.signers))
    return line('pins', 'warning', {
      found: 'deliveries/allowed_signers is not what was accepted on this machine',
      means: 'until a person accepts it, the old list counts; somebody may have added a key',
      improve: 'look at the change (git log -p deliveries/allowed_signers), then countersign trust',
    });
  return line('pins', 'good', {
    found: 'the signers are those that were accepted on this machine',
    means: 'a key that somebody adds counts for nothing here until a person accepts it',
  });
};
