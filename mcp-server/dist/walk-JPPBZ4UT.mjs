import{sourceTree}from"./chunk-6WPBKWIN.mjs";import"./chunk-O3MYGED2.mjs";import"./chunk-I6SLY6UU.mjs";export{sourceTree};
