import{itential}from"./chunk-CTIOIYUN.mjs";import"./chunk-PQOVYAVS.mjs";import"./chunk-I6SLY6UU.mjs";export{itential};
