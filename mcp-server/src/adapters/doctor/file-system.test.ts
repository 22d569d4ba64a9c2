import { expect, it } from 'vitest';
import { sharedAs } from './file-system.ts';

it.each([
  [0x6969, 'NFS'],
  // Some numbers do not fit into 31 bits, and then they come negative.
  [0xff534d42 | 0, 'CIFS'],
  [0xff534d42, 'CIFS'],
  [0x01021997, '9P'],
  [0x65735546, 'FUSE'],
  [0xbacbacbc | 0, 'VMware shared folders'],
])('[R-FAST-5] a file system of type %d is one that other machines may share: %s', (type, name) => {
  expect(sharedAs(type)).toBe(name);
});

it.each([
  ['ext4', 0xef53],
  ['XFS', 0x58465342],
  ['Btrfs', 0x9123683e | 0],
  ['tmpfs', 0x01021994],
  ['overlayfs', 0x794c7630],
])('%s is one of this machine', (_, type) => expect(sharedAs(type)).toBeUndefined());
