import { buildFile } from '../../../domain/extract/build.ts';
import type { Extractor } from '../../../domain/extract/contract.ts';
import { groovyTree } from './groovy-tree.ts';
import { pipelineFacts } from './pipeline.ts';

/** Jenkinsfiles, declarative and scripted. The scope is the file. */
export const jenkins: Extractor = {
  format: 'jenkins',
  matches: (path, head) =>
    /(?:^|\/)Jenkinsfile[^/]*$|\.jenkinsfile$/i.test(path) ||
    (/\.(?:groovy|jenkins)$/.test(path) &&
      /^[ \t]*(?:pipeline[ \t]*\{|node[ \t]*(?:\([^)\n]*\)|['"][^'"\n]*['"])?[ \t]*\{)/m.test(head)),
  extract(source) {
    const file = buildFile('jenkins', source, source.path);
    const { roots, unclosed } = groovyTree(source.text);
    if (unclosed !== undefined) file.skip('unparsed', unclosed);
    pipelineFacts(file, source.path, roots);
    return file.done();
  },
};
