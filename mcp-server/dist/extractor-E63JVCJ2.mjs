import{itential}from"./chunk-F7DVNFVR.mjs";import"./chunk-P4ZP2R57.mjs";import"./chunk-I6SLY6UU.mjs";export{itential};
