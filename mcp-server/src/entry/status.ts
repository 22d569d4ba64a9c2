import type { Ports } from '../app/ports.ts';
import { sessionLines, status } from '../app/status.ts';
import { programVersion } from './version.ts';

/**
 * Where deliveries stand. In a file of its own, so that command line, server and hook load the same part of the program, and
 * what one of them kept is good for the others.
 */
export const currentStatus = (ports: Ports, id?: string) => status(ports, programVersion(import.meta.url), id);

/** The same in the few lines that a session starts with. */
export const currentLines = (ports: Ports) => sessionLines(ports, programVersion(import.meta.url));
