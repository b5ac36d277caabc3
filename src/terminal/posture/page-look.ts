/** How the page looks, and the few lines that filter it. Both are allowed by their hash, and nothing else is. */

export const STYLE = `
:root{color-scheme:light dark;--paper:#f6f7f9;--card:#fff;--ink:#16202b;--quiet:#5a6875;--line:#dde3e8;--soft:#eef1f4;
--critical:#8f1230;--high:#b3321d;--medium:#8a5a00;--low:#1c6088;--info:#566170;
--recorded:#12707f;--partly:#b97a00;--none:#c8401b;--unseen:#8a95a1;--good:#12707f;--focus:#1c6ef2}
@media (prefers-color-scheme:dark){:root{--paper:#10151b;--card:#182029;--ink:#e6ebf0;--quiet:#9aa8b5;--line:#2b3641;--soft:#202a34;
--critical:#ff7d96;--high:#ff8f77;--medium:#edb94f;--low:#6cb8e6;--info:#a9b6c3;
--recorded:#3fb3c2;--partly:#e0a73a;--none:#ff7a52;--unseen:#75828f;--good:#3fb3c2;--focus:#7db0ff}}
*{box-sizing:border-box}
html{font:15px/1.5 system-ui,-apple-system,"Segoe UI","Apple SD Gothic Neo","Malgun Gothic","Noto Sans KR",sans-serif;background:var(--paper);color:var(--ink)}
body{margin:0;overflow-wrap:anywhere}
main,.top,footer{max-width:1180px;margin:0 auto;padding:0 28px}
a:focus-visible,summary:focus-visible,input:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-9999px}.skip:focus{left:12px;top:12px;background:var(--card);padding:8px 12px;z-index:9}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.top{padding-top:34px}
.eyebrow{margin:0;color:var(--quiet);font-size:13px;letter-spacing:.04em;text-transform:uppercase;font-weight:600}
h1{margin:6px 0 4px;font-size:30px;line-height:1.2;letter-spacing:-.01em}
h2{font-size:19px;margin:40px 0 12px;letter-spacing:-.005em}
h2 small{font-weight:400;color:var(--quiet);font-size:14px;margin-left:8px}
.when{margin:0;color:var(--quiet)}
.simulated{display:inline-block;margin:14px 0 0;padding:3px 12px;border-radius:99px;background:var(--soft);border:1px solid var(--line);font-size:13px}
.tiles{display:grid;grid-template-columns:1.6fr 1.2fr 1fr 1fr;gap:14px;margin:24px 0 0;padding:0;list-style:none}
.tiles li{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:16px 18px}
.tiles b{display:block;font-size:28px;line-height:1.15;font-weight:650;font-variant-numeric:tabular-nums}
.tiles b i{font-style:normal;font-weight:400;font-size:17px;color:var(--quiet)}
.tiles span{color:var(--quiet);font-size:13.5px}
.pills{display:flex;flex-wrap:wrap;gap:6px;margin-top:8px}
.pill{display:inline-block;font-size:11.5px;font-weight:700;letter-spacing:.03em;padding:1px 8px;border-radius:99px;border:1.5px solid currentColor;white-space:nowrap}
.pills .pill{color:inherit;font-size:12px}
.tiles .pill,.pill{line-height:1.6}
.critical{color:var(--critical)!important}.high{color:var(--high)!important}.medium{color:var(--medium)!important}.low{color:var(--low)!important}.info{color:var(--info)!important}
meter{width:100%;height:8px;margin-top:8px}
.scroll{position:relative;overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:12px;padding:16px 18px}
table.map{border-collapse:separate;border-spacing:3px;font-size:13.5px}
.map thead th{font-weight:400;color:var(--quiet);font-size:12px;vertical-align:bottom;padding:0 0 4px}
.map thead th span{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap}
.map .first{padding-left:9px}
.map th[scope=rowgroup]{text-align:left;padding-top:12px;font-weight:650}
.map{overflow-wrap:normal}
.map th[scope=row]{text-align:left;font-weight:400;padding-right:16px;min-width:230px;max-width:330px}
.map .by{text-align:left;padding-left:14px;color:var(--quiet);white-space:nowrap;font-size:12.5px}
.map summary{cursor:pointer}
.map details ul{margin:4px 0 8px;padding-left:18px;color:var(--quiet);columns:2}
.cell{display:block;width:22px;height:20px;border-radius:4px;border:1.5px solid transparent;font-size:11px;line-height:17px;text-align:center;font-weight:700;font-style:normal}
.cell.recorded{background:var(--recorded)}
.cell.reads,.cell.writes{border-color:var(--partly);color:var(--ink);background:linear-gradient(135deg,var(--partly) 0 50%,transparent 50%)}
.cell.none{border-color:var(--none);background:repeating-linear-gradient(45deg,var(--none) 0 1.5px,transparent 1.5px 5px)}
.cell.unseen{border:1.5px dotted var(--unseen);color:var(--quiet)}
.cell.off{border:0;color:var(--quiet);font-weight:400}
.legend{display:flex;flex-wrap:wrap;gap:6px 20px;list-style:none;margin:14px 0 0;padding:0;font-size:13px;color:var(--quiet)}
.legend li{display:flex;align-items:center;gap:7px}
.gaps{margin:14px 0 0;padding-left:20px}
.bar{display:flex;flex-wrap:wrap;gap:10px 18px;align-items:center;background:var(--card);border:1px solid var(--line);border-radius:12px;padding:10px 16px;margin:0 0 14px}
.bar[hidden]{display:none}
.bar input[type=search]{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:6px 10px;min-width:220px}
.bar label{display:inline-flex;gap:6px;align-items:center;font-size:14px}
.bar output{margin-left:auto;color:var(--quiet);font-variant-numeric:tabular-nums}
article{background:var(--card);border:1px solid var(--line);border-left:5px solid var(--tone);border-radius:12px;margin:0 0 14px;padding:4px 20px 10px;--tone:var(--info)}
article[data-severity=critical]{--tone:var(--critical)}article[data-severity=high]{--tone:var(--high)}article[data-severity=medium]{--tone:var(--medium)}article[data-severity=low]{--tone:var(--low)}
article>header{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline;padding:12px 0 4px}
article h3{font-size:16.5px;margin:0;overflow-wrap:anywhere}
article h3 small{font-weight:400;color:var(--quiet);font-size:13.5px}
.mend{margin-left:auto;color:var(--quiet);font-size:13.5px}
.mend b{color:var(--ink);font-weight:600}
.finding{display:grid;grid-template-columns:210px minmax(0,1fr);gap:2px 20px;border-top:1px solid var(--line);padding:12px 0}
.finding>div:first-child{display:flex;flex-direction:column;gap:6px;align-items:flex-start}
code{font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"D2Coding",monospace;overflow-wrap:anywhere}
.finding h4{margin:0;font-size:15px}
.finding p{margin:3px 0}
.finding p.quiet,.quiet{color:var(--quiet)}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:3px 14px;margin:8px 0 4px;font-size:14px}
dt{color:var(--quiet)}dt::first-letter{text-transform:uppercase}dd{margin:0;overflow-wrap:anywhere}
details.evidence{margin-top:6px;font-size:13.5px;overflow-x:auto}
summary{cursor:pointer;color:var(--quiet)}
.evidence table{width:100%;margin-top:8px}
.evidence th code{white-space:nowrap;overflow-wrap:normal}
.evidence p{margin:6px 0}
table.plain{border-collapse:collapse;font-size:13.5px}
.plain th,.plain td{text-align:left;vertical-align:top;padding:5px 14px 5px 0;border-bottom:1px solid var(--line)}
.plain td.n,.plain th.n{text-align:right;font-variant-numeric:tabular-nums}
.plain th{color:var(--quiet);font-weight:500;white-space:nowrap}
.plain td{overflow-wrap:break-word;min-width:60px}
.plain th[scope=row]{color:inherit;font-weight:400}
ul.blind{list-style:none;margin:0;padding:0}
ul.blind li{background:var(--card);border:1px solid var(--line);border-left:5px dotted var(--unseen);border-radius:12px;padding:12px 18px;margin-bottom:10px}
ul.blind p{margin:4px 0 0}
footer{padding-top:26px;padding-bottom:44px;color:var(--quiet);font-size:13.5px}
footer p{margin:4px 0}
@media (max-width:820px){.tiles{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}.finding{grid-template-columns:minmax(0,1fr)}.mend{margin-left:0}main,.top,footer{padding:0 16px}}
@media (prefers-reduced-motion:no-preference){article,.tiles li{transition:border-color .15s}}
@media (forced-colors:active){.cell{forced-color-adjust:none}}
@media print{:root{--paper:#fff;--card:#fff}html{font-size:11px}.bar,.skip{display:none!important}article,ul.blind li,.tiles li,.map tr{break-inside:avoid}h2{break-after:avoid}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}.scroll{overflow:visible;padding:8px}table.map{border-spacing:1px;font-size:10px}.map th[scope=row]{min-width:150px;max-width:200px;padding-right:6px}.map .by{white-space:normal;padding-left:6px;font-size:9px}.cell{width:15px;height:14px;font-size:9px;line-height:11px}}
`;

export const SCRIPT = `
const bar = document.getElementById('filter');
const items = [...document.querySelectorAll('article[data-severity]')];
const words = bar.querySelector('input[type=search]');
const boxes = [...bar.querySelectorAll('input[type=checkbox]')];
const offered = new Set(boxes.map((box) => box.value));
function show() {
  const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
  const said = words.value.trim().toLowerCase();
  let count = 0;
  for (const item of items) {
    const { severity } = item.dataset;
    const unwanted = offered.has(severity) && !wanted.has(severity);
    item.hidden = unwanted || !item.textContent.toLowerCase().includes(said);
    if (!item.hidden) count += 1;
  }
  bar.querySelector('output').textContent = count + ' / ' + items.length;
}
bar.hidden = false;
bar.addEventListener('input', show);
show();
`;
