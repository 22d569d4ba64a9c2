/**
 * Thrown inside the line reader where a text leaves the part of YAML that it reads, or where it cannot be sure. One object
 * for all: most files that need the full reader are met by chance, and a stack trace costs more than a small file.
 */
export const beyond: unknown = Object.freeze({ name: 'beyond the plain part of YAML' });
