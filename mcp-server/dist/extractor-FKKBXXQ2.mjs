import{itential}from"./chunk-B65JU4EE.mjs";import"./chunk-PQOVYAVS.mjs";import"./chunk-I6SLY6UU.mjs";export{itential};
