"""The HTML edition of a hand-made document, read as a browser and a tool would read it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from pipeline.diagnostics import Fault
from tests.sample_document import BODY, LONG, RECORD, desk, picture, rendered, sample
from tests.tools import validators


@pytest.fixture
def page(tmp_path: Path) -> html.HtmlElement:
    return tree(rendered("html", sample(), desk(tmp_path)))


def tree(data: bytes) -> html.HtmlElement:
    return html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))


def metas(page: html.HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in page.iter("meta"):
        key = meta.get("name") or meta.get("property") or meta.get("http-equiv")
        if key:
            found.setdefault(key, []).append(meta.get("content"))
    return found


def test_nothing_is_asked_of_the_network(page: html.HtmlElement) -> None:
    sources = [element.get("src") for element in page.iter() if element.get("src")]
    assert sources
    assert all(source.startswith("data:") for source in sources)
    assert [link.get("rel") for link in page.iter("link")] == ["canonical"]
    addresses = re.findall(r"url\(([^)]{0,20})", page.findtext(".//style"))
    assert addresses
    assert all(address.startswith("data:font/woff2") for address in addresses)


def test_the_policy_allows_exactly_what_is_there(page: html.HtmlElement) -> None:
    (policy,) = metas(page)["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (element,) = page.iter(tag)
        digest = hashlib.sha256(element.text.encode()).digest()
        assert f"{directive} 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert not page.xpath("//@style | //@*[starts-with(name(), 'on')]")


def test_the_record_comes_back_from_the_json(page: html.HtmlElement) -> None:
    (script,) = page.iter("script")
    post = json.loads(script.text)
    assert post["@type"] == "BlogPosting"
    assert post["headline"] == RECORD.title
    assert post["author"][0] == {
        "@type": "Person",
        "name": "İbrahim Korucuoğlu",
        "familyName": "Korucuoğlu",
        "givenName": "İbrahim",
        "alternateName": "siberoloji",
        "url": "https://example.org/i",
    }
    assert post["datePublished"] == "2024-10-04T10:08:14+03:00"
    assert post["dateModified"] == "2025-01-02"
    assert post["description"] == RECORD.description
    assert post["keywords"] == ["type", "design"]
    assert post["articleSection"] == ["Craft"]
    assert post["copyrightNotice"] == "CC BY 4.0"


def test_each_vocabulary_says_the_same(page: html.HtmlElement) -> None:
    said = metas(page)
    for key in ("DC.title", "citation_title", "og:title"):
        assert said[key] == [RECORD.title]
    names = [person.name for person in RECORD.authors]
    for key in ("author", "DC.creator", "citation_author"):
        assert said[key] == names
    assert said["citation_publication_date"] == ["2024/10/04"]
    assert said["article:tag"] == ["type", "design"]
    assert said["og:url"] == [RECORD.url]


def test_a_post_without_an_address_claims_none(tmp_path: Path) -> None:
    page = tree(rendered("html", sample(url="/only/here/"), desk(tmp_path)))
    assert not list(page.iter("link"))
    assert "og:url" not in metas(page)
    assert metas(page)["DC.identifier"] == [RECORD.identifier]


def test_wide_things_are_reached_by_keyboard_and_each_has_a_name(page: html.HtmlElement) -> None:
    regions = page.xpath("//*[@tabindex='0'][@role='region']")
    labels = [region.get("aria-label") for region in regions]
    assert labels == ["Code 1", "Table 1: Costs", "Table 2"]


def test_a_cell_of_many_words_has_a_column_of_some_width(tmp_path: Path) -> None:
    row = "<tr><td>short</td><td>many words that want a column of some width</td></tr>"
    body = f'<div class="table"><table><tbody>{row}</tbody></table></div>'
    cells = tree(rendered("html", sample(body=body), desk(tmp_path))).xpath("//td/@class")
    assert cells == ["wordy"]


def test_a_long_callout_may_be_broken_in_print(tmp_path: Path) -> None:
    aside = '<aside class="callout note" role="note"><p>{}</p></aside>'
    body = aside.format("few words") + aside.format("many words " * 80)
    boxes = tree(rendered("html", sample(body=body), desk(tmp_path))).xpath("//aside/@class")
    assert boxes == ["callout note", "callout note tall"]


def test_headings_have_links_without_text(page: html.HtmlElement) -> None:
    anchors = page.xpath("//a[@class='anchor']")
    assert len(anchors) == 8
    assert all(anchor.text_content() == "" for anchor in anchors)
    assert anchors[0].get("aria-label") == "Link to this section: Lists"
    assert all(anchor.getprevious().tag in ("h2", "h3", "h4", "h5") for anchor in anchors)


def test_every_link_inside_leads_somewhere(page: html.HtmlElement) -> None:
    ids = {element.get("id") for element in page.iter() if element.get("id")}
    targets = {unquote(a.get("href")[1:]) for a in page.iter("a") if a.get("href", "")[:1] == "#"}
    assert targets
    assert targets <= ids


def test_contents_stand_in_a_long_post_only(tmp_path: Path) -> None:
    at = desk(tmp_path)
    assert not tree(rendered("html", sample(), at)).xpath("//nav")
    (nav,) = tree(rendered("html", sample(LONG), at)).xpath("//nav")
    assert "1. A numbered step" in nav.text_content()
    assert not tree(rendered("html", sample(LONG), desk(tmp_path, "never"))).xpath("//nav")


def test_the_words_of_the_body_are_all_there(page: html.HtmlElement) -> None:
    wanted = html.fromstring(f"<div>{BODY}</div>").text_content().split()
    assert page.get_element_by_id("g-text").text_content().split() == wanted


def test_dates_are_in_the_language_of_the_post(tmp_path: Path) -> None:
    page = tree(rendered("html", sample(language="tr"), desk(tmp_path)))
    assert [time.text for time in page.iter("time")] == ["4 Ekim 2024", "2 Ocak 2025"]
    assert page.get("lang") == "tr"


def test_right_to_left_is_said(tmp_path: Path) -> None:
    assert tree(rendered("html", sample(language="ar"), desk(tmp_path))).get("dir") == "rtl"


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    assert rendered("html", sample(), desk(tmp_path)) == rendered("html", sample(), desk(tmp_path))


def test_a_logo_stands_over_the_title(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(picture(200, 100))
    page = tree(rendered("html", sample(), desk(tmp_path, logo="logo.png")))
    (logo,) = page.xpath("//header[@class='masthead']/img")
    assert (logo.get("width"), logo.get("height"), logo.get("alt")) == ("88", "44", "The House")


def test_a_logo_may_be_drawn(tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"/>'
    (tmp_path / "logo.svg").write_text(drawing)
    page = tree(rendered("html", sample(), desk(tmp_path, logo="logo.svg")))
    (logo,) = page.xpath("//header[@class='masthead']/img")
    assert logo.get("src").startswith("data:image/svg+xml;base64,")
    assert (logo.get("width"), logo.get("height")) == ("132", "44")


NO_LOGOS = ("absent.png", "../logo.png", "logo.txt", "broken.png", "broken.svg")


@pytest.mark.parametrize("name", NO_LOGOS)
def test_a_logo_that_is_none_is_named(tmp_path: Path, name: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "logo.png").write_bytes(picture())
    (root / "logo.txt").write_text("no picture")
    for broken in ("broken.png", "broken.svg"):
        (root / broken).write_text("no picture")
    with pytest.raises(Fault) as caught:
        rendered("html", sample(), desk(root, logo=name))
    assert caught.value.diagnostics[0].code == "E205"


def test_a_theme_changes_one_file(tmp_path: Path) -> None:
    place = tmp_path / "templates" / "base"
    place.mkdir(parents=True)
    (place / "colophon.html.j2").write_text("<footer>Printed by {{ settings.title }}</footer>")
    page = tree(rendered("html", sample(), desk(tmp_path)))
    assert page.findtext(".//footer") == "Printed by The House"
    assert page.findtext(".//h1") == RECORD.title


def test_a_mistake_in_a_theme_is_named_with_its_line(tmp_path: Path) -> None:
    place = tmp_path / "templates" / "html"
    place.mkdir(parents=True)
    (place / "page.html.j2").write_text("<p>\n{{ record.titel }}</p>")
    with pytest.raises(Fault) as caught:
        rendered("html", sample(), desk(tmp_path))
    assert caught.value.diagnostics[0].code == "E001"


@pytest.mark.validator("vnu")
def test_the_vocabulary_is_valid_html(tmp_path: Path) -> None:
    files = []
    for words in (400, LONG):
        file = tmp_path / f"sample-{words}.html"
        file.write_bytes(rendered("html", sample(words), desk(tmp_path)))
        files.append(file)
    assert validators.vnu(files) == dict.fromkeys(files, ())
