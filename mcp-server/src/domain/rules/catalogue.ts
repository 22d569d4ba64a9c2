import { criterionUnverified } from './criterion-unverified.ts';
import { frontMatter } from './front-matter.ts';
import type { Rule } from './rule.ts';

/** Every rule; adding one is a file and a line here. */
export const RULES: readonly Rule[] = [frontMatter, criterionUnverified];
