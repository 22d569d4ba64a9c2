import{itential}from"./chunk-H7HKRDYS.mjs";import"./chunk-HSW4N6YQ.mjs";import"./chunk-I6SLY6UU.mjs";export{itential};
