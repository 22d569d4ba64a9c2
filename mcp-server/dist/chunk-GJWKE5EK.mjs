function byCodeUnits(a,b){return a<b?-1:a>b?1:0}function byPlace(a,b){return byCodeUnits(a.path,b.path)||a.line-b.line||a.endLine-b.endLine}function mergeEvidence(evidence){if(evidence.length<2)return[...evidence];let seen=new Map;for(let place of evidence)seen.set(`${place.path}
${place.line}
${place.endLine}`,place);return[...seen.values()].sort(byPlace)}export{byCodeUnits,byPlace,mergeEvidence};
