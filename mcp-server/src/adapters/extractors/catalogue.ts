import type { Extractor } from '../../domain/extract/contract.ts';
import { terraform } from './terraform/extractor.ts';

/** Every format that extraction reads, one line each. */
export const extractors: readonly Extractor[] = [terraform];
