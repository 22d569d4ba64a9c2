import { checkAssertsNothing } from './check-asserts-nothing.ts';
import { checkFields } from './check-fields.ts';
import { componentCycle } from './component-cycle.ts';
import { componentFields } from './component-fields.ts';
import { componentPath } from './component-path.ts';
import { componentWithoutCheck } from './component-without-check.ts';
import { constraintAnswered } from './constraint-answered.ts';
import { constraintReference } from './constraint-reference.ts';
import { criterionMissing } from './criterion-missing.ts';
import { criterionParent } from './criterion-parent.ts';
import { criterionUnverified } from './criterion-unverified.ts';
import { decisionFields } from './decision-fields.ts';
import { deepNesting } from './deep-nesting.ts';
import { disableReason } from './disable-reason.ts';
import { disableUnused } from './disable-unused.ts';
import { duplicateField } from './duplicate-field.ts';
import { duplicateId } from './duplicate-id.ts';
import { duplicateSection } from './duplicate-section.ts';
import { earsForm } from './ears-form.ts';
import { entryId } from './entry-id.ts';
import { extractedClaim } from './extracted-claim.ts';
import { feasibilityContradicted } from './feasibility-contradicted.ts';
import { feasibilityDecision } from './feasibility-decision.ts';
import { feasibilityEvidence } from './feasibility-evidence.ts';
import { feasibilityMatch } from './feasibility-match.ts';
import { feasibilityNeed } from './feasibility-need.ts';
import { frontMatter } from './front-matter.ts';
import { idReused } from './id-reused.ts';
import { inferredUnconfirmed } from './inferred-unconfirmed.ts';
import { mergeConflict } from './merge-conflict.ts';
import { needFields } from './need-fields.ts';
import { oneShall } from './one-shall.ts';
import { openQuestion } from './open-question.ts';
import { orphanComponent } from './orphan-component.ts';
import { pathClaimedTwice } from './path-claimed-twice.ts';
import { platformSnapshot } from './platform-snapshot.ts';
import { platformStale } from './platform-stale.ts';
import { requiredSection } from './required-section.ts';
import { requirementStatement } from './requirement-statement.ts';
import type { Rule } from './rule.ts';
import { secretInText } from './secret-in-text.ts';
import { stubContract } from './stub-contract.ts';
import { tableColumns } from './table-columns.ts';
import { unknownId } from './unknown-id.ts';
import { unmeasurableLimit } from './unmeasurable-limit.ts';
import { unrealisedRequirement } from './unrealised-requirement.ts';
import { vagueWords } from './vague-words.ts';
import { vendorOutsideBindings } from './vendor-outside-bindings.ts';

/** Every rule; adding one is a file and a line here. disable-unused looks at what the others found, so it is the last. */
export const RULES: readonly Rule[] = [
  mergeConflict,
  frontMatter,
  requiredSection,
  duplicateSection,
  deepNesting,
  tableColumns,
  entryId,
  duplicateId,
  idReused,
  duplicateField,
  unknownId,
  needFields,
  requirementStatement,
  earsForm,
  oneShall,
  vagueWords,
  unmeasurableLimit,
  criterionMissing,
  criterionParent,
  feasibilityNeed,
  feasibilityEvidence,
  feasibilityMatch,
  feasibilityContradicted,
  feasibilityDecision,
  constraintReference,
  platformSnapshot,
  platformStale,
  decisionFields,
  constraintAnswered,
  stubContract,
  vendorOutsideBindings,
  componentFields,
  componentCycle,
  componentPath,
  pathClaimedTwice,
  unrealisedRequirement,
  orphanComponent,
  checkFields,
  checkAssertsNothing,
  criterionUnverified,
  componentWithoutCheck,
  openQuestion,
  extractedClaim,
  inferredUnconfirmed,
  secretInText,
  disableReason,
  disableUnused,
];
