import{sourceTree}from"./chunk-NN6YRCU7.mjs";import"./chunk-GJWKE5EK.mjs";import"./chunk-BFOBLKSM.mjs";import"./chunk-I6SLY6UU.mjs";export{sourceTree};
