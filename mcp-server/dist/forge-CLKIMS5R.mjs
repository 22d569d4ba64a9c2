import{forgeOf}from"./chunk-R6IZSKEC.mjs";import"./chunk-TMJLGLUH.mjs";import"./chunk-57UR7RAM.mjs";import"./chunk-5OZ35EZK.mjs";import"./chunk-I6SLY6UU.mjs";export{forgeOf};
