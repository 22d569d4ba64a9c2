import { parse } from 'yaml';

/** What template.yaml says. Apart from the folders, because every start knows those and few read this. */
export const templateFacts = (text: string) => parse(text) as { title?: string; summary?: string };
