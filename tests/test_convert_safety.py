"""Markup that would run, load or reach out: nothing of it is alive after the convert room."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.converting import xhtml

VECTORS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    "<script>alert(1)",
    "<img src=x onerror=alert(1)>",
    '<img src="x" onerror="alert(1)" />',
    "![x](y){onerror=alert(1)}",
    "[x](#){onclick=alert(1)}",
    "# head {onmouseover=alert(1)}",
    "::: {onclick=alert(1) style=position:fixed}\ntext\n:::",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "<javascript:alert(1)>",
    "[x](vbscript:msgbox)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zy8+)",
    "[x]\n\n[x]: javascript:alert(1)",
    '<a href="  javascript:alert(1)">x</a>',
    "<a href=javascript&colon;alert(1)>x</a>",
    '<iframe src="javascript:alert(1)"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    '<math><maction actiontype="statusline" xlink:href="javascript:alert(1)">x</maction></math>',
    '<math><annotation-xml encoding="text/html"><script>alert(1)</script></annotation-xml></math>',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table>"
    "</mtext></math>",
    "$\\href{javascript:alert(1)}{x^2}$",
    "$\\unicode{<img src=x onerror=alert(1)>}^2$",
    '<object data="file:///etc/passwd"></object>',
    '<embed src="https://evil.example/x.swf">',
    '<link rel="stylesheet" href="https://evil.example/x.css">',
    '<link rel="attachment" href="file:///etc/hostname">',
    "<style>@import 'https://evil.example/x.css';</style>",
    '<p style="background:url(https://evil.example/x.png)">x</p>',
    "[x]{style=background:url(https://evil.example/x.png)}",
    '<base href="https://evil.example/">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    '<form action="https://evil.example/"><input type=image src=x onclick=alert(1)></form>',
    '<video src="https://evil.example/x.mp4" autoplay onplay=alert(1)></video>',
    '<table background="https://evil.example/x.png"><tr><td background=x>y</td></tr></table>',
    '<body onload="alert(1)">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<title><img src=x onerror=alert(1)></title>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml-stylesheet href='javascript:alert(1)'?>",
    "<details ontoggle=alert(1) open><summary>x</summary></details>",
    "<x onclick=alert(1)>y</x>",
    "<a\x0bonclick=alert(1)>x</a>",
    "<template><script>alert(1)</script></template>",
    '{{< figure src="javascript:alert(1)" link="javascript:alert(1)" caption="<script>x" >}}',
    '{{< youtube "x\\" onclick=alert(1)" >}}',
    '{{< alert title="<img src=x onerror=alert(1)>" >}}x{{< /alert >}}',
    '{{< weird title="<script>alert(1)</script>" >}}x{{< /weird >}}',
    "`x`{=html}\n\n```{=html}\n<script>alert(1)</script>\n```",
    "> [!NOTE] <img src=x onerror=alert(1)>\n> x",
    "text[^1]\n\n[^1]: <script>alert(1)</script>",
    '<ol start="1&quot; onclick=alert(1)"><li>x</li></ol>',
)

ALLOWED_SCHEMES = ("http:", "https:", "mailto:", "tel:", "ftp:", "#")
FORBIDDEN = frozenset(
    """applet audio base body button embed form frame frameset head html iframe input link maction
    annotation-xml meta noscript object option param script select source style svg template
    textarea title track video""".split()
)


def alive(xhtml_text: str) -> list[str]:
    """What in the fragment could run, load or position itself."""
    found = []
    for element in etree.fromstring(f"<root>{xhtml_text}</root>").iter():
        tag = str(element.tag).rpartition("}")[2].lower()
        if tag in FORBIDDEN:
            found.append(f"<{tag}>")
        for name, value in element.attrib.items():
            key, text = str(name).lower(), str(value)
            if key.startswith("on") or key in ("style", "srcset", "background", "data", "action"):
                found.append(f"{tag} {key}")
            if key.rpartition("}")[2] == "href" and not text.startswith(ALLOWED_SCHEMES):
                found.append(f"{tag} {key}={text}")
            if key == "src" and not text.startswith("images/"):
                found.append(f"{tag} {key}={text}")
    return found


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_is_alive(vector: str) -> None:
    assert alive(xhtml(f"Before.\n\n{vector}\n\nAfter.\n")) == []


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_is_alive_within_a_line(vector: str) -> None:
    assert alive(xhtml(f"Before {vector} after.\n")) == []


def test_what_comes_after_is_not_swallowed() -> None:
    for vector in VECTORS:
        assert "After" in xhtml(f"Before.\n\n{vector}\n\nAfter.\n"), vector


def test_the_words_of_a_link_that_goes_stay() -> None:
    assert xhtml("[Read me](javascript:alert(1))\n") == "<p>Read me</p>\n"
