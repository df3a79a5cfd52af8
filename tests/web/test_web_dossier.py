"""The dossier in a real browser, opened from disk: what readers, keyboards, printers and assistive programs meet."""

from __future__ import annotations

import shutil
import sys
import wave
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page, sync_playwright
from pypdfium2 import PdfDocument

from countersight.model import Locator
from countersight.report.dossier import build, style
from countersight.report.view import Recording

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "report"))
fake = import_module("report_fake")
named = import_module("test_report_bodies")

pytestmark = pytest.mark.browser
CITED = f"pages/{fake.TENDER[:16]}-p0041.html"
FILES = ["index.html", CITED]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            found = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        except Error as error:
            pytest.skip(f"no browser (sh scripts/browser.sh): {error.message.splitlines()[0]}")
        yield found
        found.close()


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("dossier")
    for path, data in build(fake.view(folder)):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier with organisations, a deal and a stake."""
    folder: Path = tmp_path_factory.mktemp("bodies")
    fake.view(folder)
    (folder / "index.html").write_text(named.index(), encoding="utf-8")
    (folder / "style.css").write_bytes(style())
    return folder


def opened(browser: Browser, dossier: Path, path: str = "index.html", width: int = 1280, **options: Any) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, **options)
    page.goto(f"{dossier.as_uri()}/{path}")
    return page


def test_it_opens_from_disk_asks_the_network_for_nothing_and_has_no_complaint(browser: Browser, dossier: Path) -> None:
    page = browser.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in FILES:
        page.goto(f"{dossier.as_uri()}/{path}", wait_until="networkidle")
    assert complaints == []
    assert [url for url in asked if not url.startswith(dossier.as_uri())] == []
    page.close()


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_is_cut_off_at_the_side_of_a_narrow_screen(
    browser: Browser, dossier: Path, path: str, width: int
) -> None:
    page = opened(browser, dossier, path, width)
    beyond = """width => [...document.querySelectorAll('body *')]
        .filter(e => !e.closest('.window, .hidden') && e.getBoundingClientRect().right > width + 1)
        .map(e => e.outerHTML.slice(0, 80))"""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(beyond, width) == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1280])
@pytest.mark.parametrize("path", FILES)
def test_axe_finds_nothing_in_light_and_dark(
    browser: Browser, dossier: Path, path: str, width: int, scheme: str
) -> None:
    page = opened(browser, dossier, path, width, color_scheme=scheme)
    page.add_style_tag(content=".finding, #accounting { content-visibility: visible !important }")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_organisations_and_ownership_fit_the_screen_and_axe_finds_nothing(
    browser: Browser, bodies: Path, width: int
) -> None:
    page = opened(browser, bodies, width=width)
    page.add_style_tag(content=".finding, #accounting { content-visibility: visible !important }")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()


def test_a_link_to_a_folded_body_opens_it(browser: Browser, bodies: Path) -> None:
    page = opened(browser, bodies)
    page.locator("#org-1").get_by_role("link", name="青石县公安局").click()
    assert page.locator("#org-2 h4").is_visible()
    page.close()


def test_dark_is_dark(browser: Browser, dossier: Path) -> None:
    shades = []
    for scheme in ("light", "dark"):
        page = opened(browser, dossier, color_scheme=scheme)
        shades.append(page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"))
        page.close()
    assert min(shades[0]) > 240
    assert max(shades[1]) < 40


def test_the_first_key_press_offers_the_way_past_the_contents(browser: Browser, dossier: Path) -> None:
    page = opened(browser, dossier)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the content"
    assert (skip.bounding_box() or {"y": -1})["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.close()


def test_the_keyboard_reaches_every_link_and_shows_where_it_is(browser: Browser, dossier: Path) -> None:
    page = opened(browser, dossier)
    links = page.locator("a").count()
    outlined = """() => { const e = document.activeElement, s = getComputedStyle(e);
        return e === document.body ? null : s.outlineStyle === 'solid' && parseFloat(s.outlineWidth) >= 2 }"""
    seen = []
    for _ in range(links):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(outlined))
    assert seen == [True] * links
    page.close()


def test_the_link_under_the_crop_leads_to_the_mark_on_the_whole_page(browser: Browser, dossier: Path) -> None:
    page = opened(browser, dossier)
    quote = page.locator("article.finding").first
    quote.get_by_role("link", name="Whole page").first.click()
    assert page.url.partition("#")[0].endswith(CITED)
    mark = page.locator(":target")
    assert mark.get_attribute("class") == "mark"
    box = mark.bounding_box()
    assert box
    assert 0 <= box["y"] <= 900 - box["height"]
    page.get_by_role("link", name="Back to F-01").first.click()
    assert page.locator(":target").get_attribute("class") == "finding finding"
    page.close()


def test_the_mark_lies_on_the_quote_in_the_crop_and_on_the_whole_page(browser: Browser, dossier: Path) -> None:
    for path, selector in ((FILES[0], ".crop .mark"), (FILES[1], ".marks .mark")):
        page = opened(browser, dossier, path)
        mark = page.locator(selector).first
        mark.scroll_into_view_if_needed()
        ratios = mark.evaluate("""mark => {
            const img = mark.closest('.window').querySelector('img').getBoundingClientRect();
            const at = mark.getBoundingClientRect();
            return [(at.left - img.left) / img.width, (at.top - img.top) / img.height,
                    (at.right - img.left) / img.width, (at.bottom - img.top) / img.height] }""")
        box = fake.view().findings[0].citations[0].boxes[0]
        assert ratios == pytest.approx([box.x0, box.y0, box.x1, box.y1], abs=0.005)
        page.close()


def test_a_crop_shows_the_picture_undistorted(browser: Browser, dossier: Path) -> None:
    page = opened(browser, dossier)
    image = page.locator(".crop img").first
    image.scroll_into_view_if_needed()
    size = image.evaluate("img => [img.width / img.height, img.naturalWidth / img.naturalHeight]")
    assert size[0] == pytest.approx(size[1], rel=0.01)
    page.close()


def test_print_is_light_and_gives_the_addresses_of_whole_pages(browser: Browser, dossier: Path) -> None:
    page = opened(browser, dossier, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator(".skip").is_visible()
    after = page.locator("a.page").first.evaluate("link => getComputedStyle(link, '::after').content")
    assert CITED in after
    page.close()


def test_in_print_the_crops_show_the_page_and_its_mark(browser: Browser, dossier: Path) -> None:
    page = opened(browser, dossier, color_scheme="dark")
    document = PdfDocument(page.pdf(prefer_css_page_size=True))
    sheet = next(sheet for sheet in document if "Severity if the record" in sheet.get_textpage().get_text_bounded())
    colours = [colour for _, colour in sheet.render().to_pil().convert("RGB").getcolors(1 << 24)]
    document.close()
    assert any(red > 240 and green > 200 and blue < 160 for red, green, blue in colours)
    page.close()


def test_without_its_style_sheet_the_dossier_still_reads_in_order(browser: Browser, dossier: Path) -> None:
    page = browser.new_page()
    page.route("**/style.css", lambda route: route.abort())
    page.goto(f"{dossier.as_uri()}/index.html")
    text = page.locator("article.finding").first.inner_text()
    wanted = [fake.ENUMERATION, "We read this as", "It does not show", "Norm"]
    places = [text.index(part) for part in wanted]
    assert places == sorted(places)
    page.close()


def test_a_stretch_of_a_recording_plays_from_the_case(browser: Browser, tmp_path: Path) -> None:
    shown = fake.view(None)
    first = shown.findings[0]
    said = replace(first.citations[0], locator=Locator("tape.wav").into("time", "00:00:01–00:00:02"), boxes=())
    tape = Recording("tape.wav", "../evidence/00ff")
    heard = replace(
        shown,
        findings=(replace(first, citations=(said,)),),
        pictures={},
        recordings={said.digest: tape},
    )
    (tmp_path / "evidence").mkdir()
    with wave.open(str(tmp_path / "evidence" / "00ff"), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(16000 * 3))
    for path, data in build(heard):
        (tmp_path / "dossier" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "dossier" / path).write_bytes(data)
    page = opened(browser, tmp_path / "dossier")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    length, at = page.locator("audio").evaluate(
        "a => new Promise(done => { a.onseeked = () => done([a.duration, a.currentTime]); a.preload = 'auto'; a.load();"
        " setTimeout(() => done([a.duration, a.currentTime]), 5000) })"
    )
    assert (length, at) == (pytest.approx(3), pytest.approx(1))
    assert complaints == []
    assert Axe().run(page).violations_count == 0
