import{paint,printable}from"./chunk-SSXIJ773.mjs";var COLOURS={ADDED:"green",MODIFIED:"yellow",REMOVED:"red"};function deltaText(changes,terminal){return changes.length===0?"  only its form changed: no sentence, row or field says anything else":changes.flatMap(one=>unitLines(one,terminal)).join(`
`)}function unitLines({change,key,entry,title,pieces},terminal){let name=entry&&title!==""?`${key} ${title}`:key;return[`  ${paint(terminal,COLOURS[change],change)} ${printable(name)}`,...pieces.flatMap(({before,after})=>[...before===null?[]:[paint(terminal,"red",`    was ${flat(before)}`)],...after===null?[]:[paint(terminal,"green",`    now ${flat(after)}`)]])]}var flat=text=>printable(text.replaceAll(`
`,`
        `));export{deltaText};
