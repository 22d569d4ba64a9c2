import { criterionMissing } from './criterion-missing.ts';
import { criterionParent } from './criterion-parent.ts';
import { criterionUnverified } from './criterion-unverified.ts';
import { disableReason } from './disable-reason.ts';
import { disableUnused } from './disable-unused.ts';
import { duplicateId } from './duplicate-id.ts';
import { duplicateSection } from './duplicate-section.ts';
import { entryId } from './entry-id.ts';
import { frontMatter } from './front-matter.ts';
import { needFields } from './need-fields.ts';
import { requiredSection } from './required-section.ts';
import type { Rule } from './rule.ts';
import { tableColumns } from './table-columns.ts';
import { unknownId } from './unknown-id.ts';

/** Every rule; adding one is a file and a line here. disable-unused looks at what the others found, so it is the last. */
export const RULES: readonly Rule[] = [
  frontMatter,
  requiredSection,
  duplicateSection,
  tableColumns,
  entryId,
  duplicateId,
  unknownId,
  needFields,
  criterionMissing,
  criterionParent,
  criterionUnverified,
  disableReason,
  disableUnused,
];
