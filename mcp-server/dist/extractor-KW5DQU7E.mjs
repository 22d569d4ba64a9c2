import{itential}from"./chunk-AAPHKJ36.mjs";import"./chunk-OZH5V5A6.mjs";import"./chunk-I6SLY6UU.mjs";export{itential};
