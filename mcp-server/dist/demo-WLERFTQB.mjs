import{verify}from"./chunk-M6N54P5L.mjs";import"./chunk-PIBXDJ6A.mjs";import{probe}from"./chunk-B6RDR533.mjs";import{runCheck}from"./chunk-JFJD7X5X.mjs";import"./chunk-TCEQ3IHZ.mjs";import{startTask,tasks}from"./chunk-5I6WGVRL.mjs";import{createDelivery}from"./chunk-EKRNNFZU.mjs";import"./chunk-KF2MPQIA.mjs";import"./chunk-LWYF4TT6.mjs";import"./chunk-YGLNI3YS.mjs";import"./chunk-DZZ777UJ.mjs";import{decide}from"./chunk-GTZ2O7U4.mjs";import{submit}from"./chunk-DA3DEAD5.mjs";import"./chunk-QVQ4NGVH.mjs";import"./chunk-PAIE6XHS.mjs";import"./chunk-ZFHSWM22.mjs";import"./chunk-5LYALKBV.mjs";import"./chunk-4KB3W3KG.mjs";import"./chunk-F5P5DOZ2.mjs";import"./chunk-KCPZWJT3.mjs";import"./chunk-OJKVVO7T.mjs";import"./chunk-NFXXSME7.mjs";import"./chunk-BUL42C5D.mjs";import"./chunk-KCBN4F42.mjs";import"./chunk-IRBEYCMZ.mjs";import"./chunk-IZZI2U3C.mjs";import"./chunk-A2YWVUBX.mjs";import"./chunk-2XLH327P.mjs";import"./chunk-ODMVUJWS.mjs";import"./chunk-T7HJMRAX.mjs";import"./chunk-2AMG7OHC.mjs";import"./chunk-YHRLVGHR.mjs";import"./chunk-GJWKE5EK.mjs";import"./chunk-BRA7HMSK.mjs";import"./chunk-BELMIG7N.mjs";import"./chunk-OHTO55B7.mjs";import"./chunk-VB7FH243.mjs";import"./chunk-CDT2KSMF.mjs";import"./chunk-OMDMUQT2.mjs";import"./chunk-PWJNBLSE.mjs";import{paint,printable}from"./chunk-SSXIJ773.mjs";import{compose}from"./chunk-ZHT7PMZN.mjs";import"./chunk-4MBORLLC.mjs";import"./chunk-WLPUJRTM.mjs";import"./chunk-HGSFDJYL.mjs";import"./chunk-FUG6E4QW.mjs";import"./chunk-KIK4KCWC.mjs";import"./chunk-MILMIKQD.mjs";import"./chunk-TMJLGLUH.mjs";import"./chunk-4Y2GP64G.mjs";import{NEW,readArtifact,writeArtifact}from"./chunk-MIR2FDAB.mjs";import{makeAsBuilt}from"./chunk-EUQB2PN6.mjs";import"./chunk-I2ODG7CX.mjs";import"./chunk-XBA7SXL2.mjs";import"./chunk-6G7VO6F2.mjs";import"./chunk-HSBY2B2D.mjs";import"./chunk-KZB776XV.mjs";import"./chunk-NBAQ6FGF.mjs";import"./chunk-RDNLZ4P4.mjs";import"./chunk-FVCKPQSO.mjs";import"./chunk-OOJ6DJYW.mjs";import"./chunk-FUQXWUIL.mjs";import"./chunk-V6LYBN3V.mjs";import"./chunk-NJSUOJWH.mjs";import"./chunk-QKPY553Z.mjs";import"./chunk-6KMJCQXF.mjs";import"./chunk-ZPQMWCCT.mjs";import"./chunk-KBSCEZML.mjs";import"./chunk-GHJX46JQ.mjs";import"./chunk-H7TXQ2E7.mjs";import"./chunk-BZY3XN23.mjs";import"./chunk-UHYO7CC6.mjs";import"./chunk-D2RW4E2Z.mjs";import"./chunk-3HHQ424S.mjs";import"./chunk-WUKYLWAZ.mjs";import"./chunk-PUQOHVBJ.mjs";import"./chunk-3BW4VGRP.mjs";import"./chunk-HFNU2D5S.mjs";import"./chunk-7YM3MNQM.mjs";import"./chunk-IAXNXF6P.mjs";import"./chunk-FNRNQKK6.mjs";import"./chunk-RAL7Y6SJ.mjs";import"./chunk-4BVERIDM.mjs";import"./chunk-3OVPBTJX.mjs";import"./chunk-HC6AIGST.mjs";import"./chunk-GSAJWDDN.mjs";import"./chunk-6WN32SVH.mjs";import"./chunk-ENLWB3EQ.mjs";import"./chunk-57UR7RAM.mjs";import"./chunk-WUKYLWAZ.mjs";import"./chunk-KAIKMWZV.mjs";import"./chunk-WJAN7FX5.mjs";import"./chunk-KY3VCQGN.mjs";import{short}from"./chunk-BFOBLKSM.mjs";import"./chunk-WMDN5BCF.mjs";import"./chunk-Y32WGYEA.mjs";import"./chunk-5OZ35EZK.mjs";import"./chunk-I6SLY6UU.mjs";import{execFileSync}from"node:child_process";import{mkdtempSync}from"node:fs";import{tmpdir}from"node:os";import{join}from"node:path";var REQUIREMENTS=`---
countersign: requirements/1
title: "Zone file from a host list"
owner: "Demo Person"
risk: low
---

## Problem

The zone file of the lab is edited by hand. Twice this year two hosts got one name, and the wrong machine answered.

## Goal

One list of hosts is the only thing people edit, and a zone file follows from it or nothing does.

## Scope

### In scope

- Address records for the hosts of the lab.

### Out of scope

- Loading the zone into a name server.

## Capabilities

### CAP-1: Run a JavaScript program

- Required: yes
- If not available: the zone file stays handmade

## Systems

| ID | System | Purpose | Required | If not available |
| --- | --- | --- | --- | --- |
| SYS-1 | Version control | keeps the host list and its history | yes | no way to see who changed what |

## Requirements

### REQ-1: Records follow the list

WHEN the generator is given a host list, THE SYSTEM SHALL print one address record for each host, sorted by name.

- **AC-1.1** For a list of two hosts the output has exactly two address records in order of name.

### REQ-2: No name twice

IF a name stands in the list twice, THEN THE SYSTEM SHALL print nothing and end with exit code 1.

- **AC-2.1** A list with a double name gives exit code 1 and names the double host.

## Risks

### RSK-1: A broken list empties the zone

- Impact: names stop resolving
- Mitigation: REQ-2, nothing is printed unless the whole list is sound

## Limits

| Limit | Value |
| --- | --- |
| max-hosts | 500 |

## Constraints

- **CON-1** No third-party packages.

## Questions

### Q-1: Who may edit the list?

- Answer: everyone in the lab, through a pull request
`,feasibility=platform=>`---
countersign: feasibility/1
decision: feasible
platform: ${platform}
---

## Findings

| Need | Status | Fact | Evidence |
| --- | --- | --- | --- |
| CAP-1 | resolved | Node is here | probe:tool/node |
| SYS-1 | resolved | git is here | probe:tool/git |

## Reuse

Nothing to reuse: there is no generator yet.

## Open questions

None.
`,DESIGN=`---
countersign: design/1
---

## Environment

A checkout of this repository with Node 20 or newer.

## Decisions

### DEC-1: Refuse instead of repair

- Choice: a list with a double name gives no output at all
- Rationale: a half-right zone is worse than yesterday's
- Alternatives: keep the first of two entries

## Bindings

| Role | System | Adapter | Version |
| --- | --- | --- | --- |
| Version control | git | command line | any |

## Components

### CMP-1: Host list

- Kind: data
- Action: build
- Depends on: none
- Realises: REQ-1
- Paths: zone/hosts.json

### CMP-2: Generator

- Kind: program
- Action: build
- Depends on: CMP-1
- Realises: REQ-1, REQ-2
- Paths: zone/generate.mjs

No third-party packages are used (CON-1).

## Interfaces

The list is a JSON array of \`{ "name": ..., "address": ... }\`.

## Failure modes

### A double name

- Detection: the generator compares names before it prints
- Response: exit code 1, the name on standard error

## Verification

### CHK-1: The list is valid JSON with names and addresses

- Criterion: AC-1.1
- Component: CMP-1
- Method: command
- Expect: exit 0
- Expect: stdout contains 2 hosts

\`\`\`sh
node -e "const l=JSON.parse(require('fs').readFileSync('zone/hosts.json'));if(!l.every(h=>h.name&&h.address))process.exit(1);console.log(l.length+' hosts')"
\`\`\`

### CHK-2: Two hosts, two records, sorted

- Criterion: AC-1.1
- Component: CMP-2
- Method: command
- Expect: stdout matches /^alpha\\s+IN\\s+A\\s+192\\.0\\.2\\.1\\nbravo\\s+IN\\s+A\\s+192\\.0\\.2\\.2\\n$/

\`\`\`sh
node zone/generate.mjs zone/hosts.json
\`\`\`

### CHK-3: A double name is refused

- Criterion: AC-2.1
- Component: CMP-2
- Method: command
- Expect: exit 1
- Expect: stderr contains alpha

\`\`\`sh
list=$(mktemp)
echo '[{"name":"alpha","address":"192.0.2.1"},{"name":"alpha","address":"192.0.2.9"}]' > "$list"
node zone/generate.mjs "$list"
code=$?
rm -f "$list"
exit $code
\`\`\`

## Rollback

Take the previous commit of zone/: the generator keeps no state.
`,HOSTS=`[
  { "name": "bravo", "address": "192.0.2.2" },
  { "name": "alpha", "address": "192.0.2.1" }
]
`,GENERATOR_FIRST=`import { readFileSync } from 'node:fs';

const hosts = JSON.parse(readFileSync(process.argv[2], 'utf8'));
hosts.sort((a, b) => (a.name < b.name ? -1 : 1));
for (const { name, address } of hosts) console.log(\`\${name} IN A \${address}\`);
`,GENERATOR=`import { readFileSync } from 'node:fs';

const hosts = JSON.parse(readFileSync(process.argv[2], 'utf8'));
hosts.sort((a, b) => (a.name < b.name ? -1 : 1));
const double = hosts.find((host, at) => host.name === hosts[at + 1]?.name);
if (double !== undefined) {
  console.error(\`\${double.name} stands in the list twice\`);
  process.exit(1);
}
for (const { name, address } of hosts) console.log(\`\${name} IN A \${address}\`);
`;var ID="zone-file",PERSON={name:"Demo Person (simulated)",email:"demo@example.org"},AGENT={kind:"agent",name:"demo agent",via:"demo"};async function walk(ports,tell){let say=(text,answer,expected)=>{if(tell.step(text),tell.answer(answer),answer.blocks.length>0!=(expected==="refused"))throw new Error(`the demonstration went wrong at: ${text}`);return answer},write=(artifact,text)=>{let{base}=readArtifact(ports,ID,artifact).data;return writeArtifact(ports,ID,{artifact,text,base:base===""?NEW:base})},approve=digest=>say(`The person (simulated here) types /approve ${short(digest??"")}.`,decide(ports,{decision:"approve",digest:digest??"",comment:"demonstration",approver:PERSON,via:"demo"}),"goes"),gate=stage=>approve(say(`The agent submits ${stage}.`,submit(ports,ID,stage,AGENT),"goes").data.digest);tell.stage("Requirements"),say("A delivery begins.",createDelivery(ports,{id:ID,title:"Zone file from a host list",actor:AGENT}),"goes"),say("The agent writes what was asked for.",write("requirements",REQUIREMENTS),"goes"),write("design",DESIGN),say("It would like to go straight to the design.",submit(ports,ID,"design",AGENT),"refused"),gate("requirements"),tell.stage("Feasibility");let found=say("The probe looks which tools are really here.",await probe(ports,ID,{tools:["node","git","terraform"]},AGENT),"goes");say("The verdict cites the snapshot.",write("feasibility",feasibility(found.data.platform)),"goes"),gate("feasibility"),tell.stage("Design"),say("Tasks do not exist before the design is approved.",tasks(ports,ID),"refused"),gate("design"),tell.stage("Build"),say("The generator cannot start before the list it reads is verified.",startTask(ports,ID,"TSK-2.1",AGENT),"refused"),say("The host list comes first.",startTask(ports,ID,"TSK-1.1",AGENT),"goes"),ports.files.write("zone/hosts.json",HOSTS),say("The server runs its check.",await runCheck(ports,ID,"CHK-1",AGENT),"goes"),say("Now the generator may start.",startTask(ports,ID,"TSK-2.1",AGENT),"goes"),ports.files.write("zone/generate.mjs",GENERATOR_FIRST),say("The first attempt sorts the hosts.",await runCheck(ports,ID,"CHK-2",AGENT),"goes"),say("But it lets a double name through, and says it is done.",await runCheck(ports,ID,"CHK-3",AGENT),"refused"),say("So Build cannot even be submitted.",submit(ports,ID,"build",AGENT),"refused"),ports.files.write("zone/generate.mjs",GENERATOR),say("Mended: the old result no longer vouches for the new file, so the check runs again.",await runCheck(ports,ID,"CHK-2",AGENT),"goes"),say("And a double name is refused.",await runCheck(ports,ID,"CHK-3",AGENT),"goes"),say("As-built before Build is approved?",makeAsBuilt(ports,ID),"refused"),gate("build"),tell.stage("As-Built"),say("The record writes itself from the evidence.",makeAsBuilt(ports,ID),"goes"),gate("as-built"),say("Everything holds together.",verify(ports),"goes")}var demo={usage:"demo",examples:["demo"],arity:[0,0],async run({options},context){let folder=mkdtempSync(join(tmpdir(),"countersign-demo-")),git=(...args)=>execFileSync("git",args,{cwd:folder,stdio:"ignore"});git("init","--quiet"),git("config","user.name","Demo Person"),git("config","user.email","demo@example.org");let{ports}=compose(folder,{...context.env,XDG_STATE_HOME:join(folder,".git","state")}),quiet=options.json===!0;await walk(ports,quiet?SILENT:narrator(context.terminal)),git("add","-A"),git("-c","commit.gpgsign=false","commit","--quiet","-m","Zone file from a host list");let said=`Five gates opened in ${folder}. Its approvals were simulated (level recorded, via demo).`,next=`cd ${folder} && ${context.self} status`;return{answer:{said,blocks:[],next,data:{folder}},text:closing(folder,context.self,context.terminal)}}},SILENT={stage(){},step(){},answer(){}};function narrator(terminal){return{stage:title=>terminal.show(`
${paint(terminal,"bold",`== ${title}`)}`),step:text=>terminal.show(text),answer(answer){let refused=answer.blocks.length>0;terminal.show(`   ${paint(terminal,refused?"yellow":"green",refused?"refused":"done")} ${printable(answer.said)}`);for(let block of answer.blocks)terminal.show(`     ${paint(terminal,"dim","because")} ${printable(block)}`)}}}function closing(folder,self,terminal){return["",(text=>paint(terminal,"bold",text))("A delivery went through five gates. The person was simulated: these approvals are level recorded, via demo."),"","Look at it:",`  cd ${folder}`,"  cat deliveries/zone-file/as-built.md      what was built, how it was checked, who decided","  cat deliveries/zone-file/history.md       every step, in order",`  ${self} status`,"","Try to get past it: change one letter of deliveries/zone-file/requirements.md, then",`  ${self} verify`,"","In your own repository, with Claude Code:","  claude plugin marketplace add <git URL of Countersign> && claude plugin install countersign@countersign","  claude, then type /spec"].join(`
`)}export{demo};
