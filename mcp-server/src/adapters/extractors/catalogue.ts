import type { Extractor } from '../../domain/extract/contract.ts';
import { compose } from './compose/extractor.ts';
import { dockerfile } from './dockerfile/extractor.ts';
import { settings } from './settings/extractor.ts';
import { terraform } from './terraform/extractor.ts';

/** Every format that extraction reads, one line each. */
export const extractors: readonly Extractor[] = [compose, dockerfile, settings, terraform];
