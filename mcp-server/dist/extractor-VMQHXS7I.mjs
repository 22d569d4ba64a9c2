import{itential}from"./chunk-5HLJGKNW.mjs";import"./chunk-6PU2X26Q.mjs";import"./chunk-I6SLY6UU.mjs";export{itential};
