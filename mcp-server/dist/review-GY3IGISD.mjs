import{block,span,table}from"./chunk-TXYZRFEH.mjs";import{reviewText}from"./chunk-HMNF6AJM.mjs";import"./chunk-KXLC24DD.mjs";import{review}from"./chunk-L65M4SAD.mjs";import"./chunk-DA3DEAD5.mjs";import"./chunk-QVQ4NGVH.mjs";import"./chunk-PAIE6XHS.mjs";import"./chunk-ZFHSWM22.mjs";import"./chunk-5LYALKBV.mjs";import"./chunk-4KB3W3KG.mjs";import"./chunk-F5P5DOZ2.mjs";import"./chunk-KCPZWJT3.mjs";import"./chunk-OJKVVO7T.mjs";import"./chunk-NFXXSME7.mjs";import"./chunk-BUL42C5D.mjs";import"./chunk-KCBN4F42.mjs";import"./chunk-IRBEYCMZ.mjs";import"./chunk-IZZI2U3C.mjs";import"./chunk-A2YWVUBX.mjs";import"./chunk-2XLH327P.mjs";import"./chunk-ODMVUJWS.mjs";import"./chunk-T7HJMRAX.mjs";import"./chunk-2AMG7OHC.mjs";import"./chunk-YHRLVGHR.mjs";import"./chunk-GJWKE5EK.mjs";import"./chunk-SSXIJ773.mjs";import"./chunk-EUQB2PN6.mjs";import"./chunk-I2ODG7CX.mjs";import"./chunk-XBA7SXL2.mjs";import"./chunk-6G7VO6F2.mjs";import"./chunk-HSBY2B2D.mjs";import"./chunk-KZB776XV.mjs";import"./chunk-NBAQ6FGF.mjs";import"./chunk-RDNLZ4P4.mjs";import"./chunk-FVCKPQSO.mjs";import"./chunk-OOJ6DJYW.mjs";import"./chunk-FUQXWUIL.mjs";import"./chunk-V6LYBN3V.mjs";import"./chunk-NJSUOJWH.mjs";import"./chunk-QKPY553Z.mjs";import"./chunk-6KMJCQXF.mjs";import"./chunk-ZPQMWCCT.mjs";import"./chunk-KBSCEZML.mjs";import"./chunk-GHJX46JQ.mjs";import"./chunk-H7TXQ2E7.mjs";import"./chunk-BZY3XN23.mjs";import"./chunk-UHYO7CC6.mjs";import"./chunk-D2RW4E2Z.mjs";import"./chunk-3HHQ424S.mjs";import"./chunk-WUKYLWAZ.mjs";import"./chunk-PUQOHVBJ.mjs";import"./chunk-3BW4VGRP.mjs";import"./chunk-HFNU2D5S.mjs";import"./chunk-7YM3MNQM.mjs";import"./chunk-IAXNXF6P.mjs";import"./chunk-FNRNQKK6.mjs";import"./chunk-RAL7Y6SJ.mjs";import"./chunk-4BVERIDM.mjs";import"./chunk-3OVPBTJX.mjs";import"./chunk-HC6AIGST.mjs";import"./chunk-GSAJWDDN.mjs";import"./chunk-6WN32SVH.mjs";import"./chunk-ENLWB3EQ.mjs";import"./chunk-57UR7RAM.mjs";import"./chunk-WUKYLWAZ.mjs";import"./chunk-KAIKMWZV.mjs";import"./chunk-WJAN7FX5.mjs";import"./chunk-KY3VCQGN.mjs";import{short}from"./chunk-BFOBLKSM.mjs";import"./chunk-WMDN5BCF.mjs";import"./chunk-Y32WGYEA.mjs";import"./chunk-5OZ35EZK.mjs";import"./chunk-I6SLY6UU.mjs";var MOST=6e4,MOST_UNITS=60;function reviewMarkdown({data},self){let{delivery,gate,digest,pieces,inferred,upstream,approvals,comments}=data,subject=gate.about.replace(/^stage:/,""),head=[`<!-- countersign:review ${delivery} ${gate.about} -->`,`### Review of ${span(gate.about)} of ${span(delivery)}`,digest===null?"Nothing has been submitted yet.":`Digest ${span(digest)}. A person decides in their own terminal:

${block(`${self} review ${delivery} ${subject}
${self} approve ${delivery} ${subject}`,"sh")}

or types ${span(`/approve ${short(digest)}`)} in the client. A click on this page counts only where policy accepts the level hosted.`,gate.reasons.length===0?"":`Blocked: ${gate.reasons.map(reason=>span(reason.text)).join("; ")}`],parts=[...pieces.map(pieceMarkdown),inferred.length===0?"":`**Concluded by a tool or an agent; approving confirms:**

${inferred.map(one=>`- ${span(`${one.path}:${one.line}`)} ${span(one.text)}`).join(`
`)}`,comments.length===0?"":`**Comments**

${comments.map(one=>`- ${one.anchors.join(", ")}, ${span(one.by)}: ${span(one.text)}${one.replies.length===0?" (not answered)":""}`).join(`
`)}`,approvals.length===0?"":`So far approved by ${approvals.map(one=>`${span(one.approver)} (${one.level})`).join(", ")}`,upstream.length===0?"":table(["Upstream","State","Level","Digest"],upstream.map(one=>[one.about,one.state,[...new Set(one.levels)].join(", "),one.digest===null?"":span(short(one.digest))]))];return bounded([...head,...parts].filter(one=>one!==""),self,`${delivery} ${subject}`)}function bounded(parts,self,of){let kept=[],length=0;for(let part of parts){if(length+=part.length+2,length>MOST)return[...kept,`There is more than fits here: ${span(`${self} review ${of}`)} shows it all.`].join(`

`);kept.push(part)}return kept.join(`

`)}function pieceMarkdown({path,sha256,text,approved,changes}){let title=`#### ${span(path)}${sha256===""?"":` ${span(short(sha256))}`}`;if(approved===text)return`${title}

Unchanged since it was approved.`;if(changes===null)return`${title}

<details><summary>The whole text, for the first time</summary>

${block(text,path.endsWith(".json")?"json":"markdown")}

</details>`;if(changes.length===0)return`${title}

Only its form changed.`;let shown=changes.slice(0,MOST_UNITS).map(unitMarkdown),more=changes.length-shown.length;return[title,...shown,...more>0?[`and ${more} more`]:[]].join(`

`)}function unitMarkdown({change,key,entry,title,pieces}){let name=entry&&title!==""?`${key} ${title}`:key,lines=pieces.flatMap(({before,after})=>[...diffLines("-",before),...diffLines("+",after)]);return`**${change}** ${span(name)}

${block(lines.join(`
`),"diff")}`}var diffLines=(sign,text)=>text===null?[]:text.split(`
`).map(line=>`${sign} ${line}`);var reviewVerb={usage:"review <id> <subject> [--md]",options:{md:{type:"boolean",summary:"Markdown for a pull request: the digest, and what changed in meaning"}},examples:["review office-vlans design","review office-vlans design --md | gh pr comment 7 --body-file -"],arity:[2,2],run({args,options},context){let answer=review(context.ports(),args[0],args[1]),text=options.md===!0?reviewMarkdown(answer,"countersign"):reviewText(answer,context.terminal);return{answer,text,exit:0}}};export{reviewVerb};
