/** The look of every page: system fonts, light and dark by the reader's setting, one column at 360 px, plain on paper. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#fff;--raised:#f6f7f9;--ink:#1c2330;--soft:#545d6c;--line:#d5dae2;--link:#0b57a4;--good:#176639;--good-ground:#e4f4ea;--bad:#a8201a;--bad-ground:#fdeaea;--warn:#7a4b00;--warn-ground:#fdf1da;--plain-ground:#eceff3}
@media (prefers-color-scheme:dark){:root{--ground:#12161c;--raised:#1b212a;--ink:#e5e9ef;--soft:#a6b0be;--line:#343d4a;--link:#80b8f5;--good:#76d69b;--good-ground:#14301f;--bad:#ff9a92;--bad-ground:#3d1a1a;--warn:#f0c26c;--warn-ground:#372a10;--plain-ground:#28303b}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0 auto;padding:0 1rem 3rem;max-width:78rem;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.away{position:absolute;left:-100rem}
[hidden]{display:none!important}
.skip{position:absolute;left:-100rem}
.skip:focus{left:1rem;top:.5rem;background:var(--ground);padding:.5rem;z-index:1}
h1{font-size:1.7rem;line-height:1.2;margin:1.5rem 0 .75rem}
h2{font-size:1.3rem;margin:2.5rem 0 .75rem;padding-bottom:.25rem;border-bottom:2px solid var(--line)}
h3{font-size:1.05rem;margin:.25rem 0 .5rem}
h4{font-size:.85rem;margin:.75rem 0 .25rem;color:var(--soft)}
small,.facts,caption,.reasons{font-size:.87rem}
.facts{color:var(--soft);margin:.2rem 0}
code,pre{font-family:ui-monospace,monospace;font-size:.87rem}
.hash{color:var(--soft)}
pre{background:var(--raised);border:1px solid var(--line);border-radius:6px;padding:.6rem;margin:.25rem 0;overflow:auto;max-height:22rem;white-space:pre-wrap}
nav ul,.plain,.inline,.cards,.entries,.events,.delta{list-style:none;margin:0;padding:0}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem}
nav a{display:inline-block;padding:.3rem 0}
.inline{display:flex;flex-wrap:wrap;gap:.1rem 1rem;font-weight:400;font-size:.87rem}
.facts-row{display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin:0 0 1rem}
dt{color:var(--soft);font-size:.82rem}
dd{margin:0}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(13.5rem,100%),1fr));gap:1rem}
.card{background:var(--raised);border:1px solid var(--line);border-left:4px solid var(--soft);border-radius:6px;padding:.75rem}
.card.open{border-left-color:var(--good)}
.card.stale{border-left-color:var(--warn)}
.card dl{margin:0}
.card dd{margin-bottom:.35rem}
.reasons{margin:.5rem 0 0;padding-left:1.1rem}
.note{border:1px solid var(--line);border-left:4px solid var(--soft);border-radius:6px;padding:.6rem .9rem;margin:0 0 1rem}
.note ul{margin:.25rem 0;padding-left:1.1rem}
.note.good{border-left-color:var(--good);background:var(--good-ground)}
.note.bad{border-left-color:var(--bad);background:var(--bad-ground)}
.note.warn{border-left-color:var(--warn);background:var(--warn-ground)}
.badge,time,.hash{white-space:nowrap}
.badge{display:inline-block;border-radius:4px;padding:0 .4rem;font-size:.82rem;font-weight:600;background:var(--plain-ground);color:var(--ink)}
.badge.good{background:var(--good-ground);color:var(--good)}
.badge.bad{background:var(--bad-ground);color:var(--bad)}
.badge.warn{background:var(--warn-ground);color:var(--warn)}
.filter{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;margin:0 0 .75rem}
.filter input,.filter select{font:inherit;color:inherit;background:var(--ground);border:1px solid var(--soft);border-radius:4px;padding:.25rem .4rem;min-width:0;max-width:100%}
.scroll{overflow-x:auto;margin:0 0 1rem}
table{border-collapse:collapse;width:100%}
caption{text-align:left;color:var(--soft);padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line);overflow-wrap:break-word;min-width:4rem}
td{max-width:28rem}
#audit-table{font-size:.9rem}
#audit-table td:last-child{min-width:9rem}
thead th{background:var(--raised);font-size:.87rem}
tbody th{font-weight:600}
.requirement th{background:var(--raised);border-top:2px solid var(--line)}
.requirement p{font-weight:400;margin:.3rem 0}
.inferred{color:var(--warn)}
.long>tbody,.long>li,.long>.day{content-visibility:auto}
.long>li{contain-intrinsic-size:auto 6rem}
.entries>li{border-bottom:1px solid var(--line);padding:.6rem 0}
.entries p{margin:.2rem 0}
:target{outline:3px solid var(--warn);outline-offset:-1px}
details>summary{cursor:pointer;padding:.3rem 0}
.change,.day{border:1px solid var(--line);border-radius:6px;padding:.2rem .75rem;margin:0 0 .75rem}
.delta>li{margin:0 0 .75rem}
.piece{margin:.2rem 0;white-space:pre-wrap;font-size:.92rem}
del{display:block;background:var(--bad-ground);color:var(--bad);text-decoration:line-through}
ins{display:block;background:var(--good-ground);color:var(--good);text-decoration:none}
.events>li{border-left:3px solid var(--line);padding:.1rem 0 .6rem .75rem}
.events>.decision{border-left-color:var(--link)}
.events>.submission{border-left-color:var(--soft)}
.events>.alarming{border-left-color:var(--bad)}
.graph{border:1px solid var(--line);border-radius:6px}
svg{display:block;font:600 13px system-ui,sans-serif}
svg .node rect{fill:var(--raised);stroke:var(--soft);stroke-width:1.5}
svg .node.good rect{stroke:var(--good)}
svg .node.bad rect{stroke:var(--bad)}
svg .node.warn rect{stroke:var(--warn)}
svg text{fill:var(--ink)}
svg .state{fill:var(--soft);font-weight:400}
svg .edge{fill:none;stroke:var(--soft);stroke-width:1.5}
svg a:focus-visible rect{stroke:var(--link);stroke-width:4}
footer{margin-top:3rem;border-top:2px solid var(--line);color:var(--soft);font-size:.87rem}
.bar{display:block;width:100%;max-width:30rem;height:14px}
.bar .work{fill:var(--soft)}
.bar .wait{fill:var(--warn)}
@media (max-width:40rem){
#matrix td:first-child,th[scope=row]{min-width:11rem}
.requirement th>*{position:sticky;left:.6rem;max-width:calc(100vw - 3.5rem)}
.requirement th>.name{display:inline-block}
}
@media print{
:root{--ground:#fff;--raised:#fff;--ink:#000;--soft:#333;--line:#999;--link:#000;--good:#000;--bad:#000;--warn:#000;--good-ground:#fff;--bad-ground:#fff;--warn-ground:#fff;--plain-ground:#fff}
@page{margin:14mm}
html{font-size:9.5pt}
body{max-width:none;padding:0}
nav,.skip,.filter{display:none}
.scroll{overflow:visible}
pre{max-height:none}
svg{max-width:100%;height:auto}
td,th,#audit-table td:last-child{min-width:0;padding:.2rem .35rem}
table{font-size:.84rem}
table small,table code,thead th{font-size:inherit}
.badge{padding:0;font-size:inherit}
time,.hash,code{white-space:normal}
td,tbody th,code{overflow-wrap:anywhere}
thead th{overflow-wrap:normal}
.long>tbody,.long>li,.long>.day{content-visibility:visible}
thead{display:table-header-group}
tr,.card,.events>li{break-inside:avoid}
h2,h3{break-after:avoid}
#audit{break-before:page}
}
`;
