/**
 * What is shown without a session: the address was used before, is wrong, or the program was started anew. Plain, in both
 * languages, since no setting is known before the sign-in.
 */
export const signInPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Wharfinger</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 12vh auto; padding: 0 1.5rem; }
section + section { margin-top: 2.5rem; }
h1 { font-size: 1.25rem; margin: 0 0 .5rem; }
code { font-family: ui-monospace, monospace; }
</style>
</head>
<body>
<section>
<h1>This address no longer opens Wharfinger</h1>
<p>Each address that Wharfinger prints works once, and only until Wharfinger ends. Go to the terminal it runs in and press
Enter: it prints a new address. Or end it with Ctrl+C and start it again with <code>npm start</code>.</p>
</section>
<section lang="zh-CN">
<h1>此地址已无法打开码头管家</h1>
<p>码头管家打印的每个地址只能使用一次，并且在程序退出后失效。请回到运行它的终端按回车键，它会打印一个新地址；或者按 Ctrl+C
结束后，用 <code>npm start</code> 重新启动。</p>
</section>
</body>
</html>
`;

/**
 * Goes on to the app after a sign-in that began on another site (a link in a web terminal): a redirect would still count as
 * cross-site and be sent without the SameSite=Strict cookie.
 */
export const goOnPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/"><title>Wharfinger</title></head>
<body><a href="/">Wharfinger</a></body></html>
`;
