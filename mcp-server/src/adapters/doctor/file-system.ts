import { statfsSync } from 'node:fs';
import { line, type Probe } from './machine.ts';

/** Types of file systems that other machines share or may share, as statfs(2) numbers them on Linux. */
const SHARED = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0x01021997, '9P'],
  [0x00c36400, 'Ceph'],
  [0x5346414f, 'AFS'],
  [0x6b414653, 'AFS'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
  [0x19830326, 'BeeGFS'],
  [0x01161970, 'GFS2'],
  [0x7461636f, 'OCFS2'],
  // A folder of the machine that this one runs on.
  [0x786f4256, 'VirtualBox shared folders'],
  [0xbacbacbc, 'VMware shared folders'],
  // sshfs, virtiofs and others: what is behind it, nobody can say from here.
  [0x65735546, 'FUSE'],
]);

/** What the file system of this type is called where other machines may write to it, too. @param type may be negative */
export const sharedAs = (type: number): string | undefined => SHARED.get(type >>> 0);

/** Where locks lie: another machine does not see the processes of this one, and may cache what it read. */
export const fileSystem: Probe = ({ project }) => {
  const shared = process.platform === 'linux' ? sharedAs(statfsSync(project.gitDir).type) : undefined;
  return shared === undefined
    ? line('file-system', 'good', {
        found: 'the repository is on a file system of this machine',
        means: 'writers of this machine wait for each other',
      })
    : line('file-system', 'warning', {
        found: `the repository is on ${shared}`,
        means:
          'writers of other machines may not see a lock: nothing is lost, but a ledger may get two heads, which the next event joins',
        improve: 'work in a clone on a disk of your own, and share through git',
      });
};
