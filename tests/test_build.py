"""The whole site's content at once, or everything that is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

import samples
from fieldguide.build import Site
from fieldguide.problems import ProblemsFound


def test_a_site_has_written_and_generated_pages(tmp_path: Path) -> None:
    site = samples.site(tmp_path)
    assert list(site.written) == ["index.md", "understand/one.md"]
    assert len(site.pages) == 19
    assert '<h1 id="alpha">' in site.html(site.pages[0])


def test_markdown_goes_out_with_slots_and_comes_back_as_html(tmp_path: Path) -> None:
    site = samples.site(tmp_path)
    markdown = site.markdown("index.md", "default")
    assert "{{" not in markdown
    assert "3 models" not in markdown
    assert "There are 3 models." in site.fill("index.md", markdown)


def test_pages_of_others_are_left_as_they_are(tmp_path: Path) -> None:
    site = samples.site(tmp_path)
    assert site.markdown("other.md", "{{ text }}") == "{{ text }}"
    assert site.fill("other.md", "<p>\ue0000\ue001</p>") == "<p>\ue0000\ue001</p>"


def test_faults_in_data_templates_and_pages_are_told_together(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/tools/walker.yml", "maker: acme", "maker: acne")
    samples.edit(tmp_path, "content/index.md", 'count("models")', 'count("modles")')
    samples.put(tmp_path, "overrides/fieldguide/unused.html", "{{")
    with pytest.raises(ProblemsFound) as caught:
        Site(tmp_path)
    assert [problem.path for problem in caught.value.problems] == [
        "content/index.md",
        "data/tools/walker.yml",
        "overrides/fieldguide/unused.html",
    ]


def test_a_page_is_not_blamed_for_a_broken_record(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/models/alpha.yml", "name: Alpha", "nmae: Alpha")
    assert {line.split(":")[0] for line in samples.wrong_site(tmp_path)} == {
        "data/models/alpha.yml"
    }


def test_pages_that_are_fine_add_nothing_to_a_broken_record(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/tools/walker.yml", "name: Walker", "nmae: Walker")
    assert {line.split(":")[0] for line in samples.wrong_site(tmp_path)} == {
        "data/tools/walker.yml"
    }


def test_a_page_is_blamed_for_a_record_that_does_not_exist(tmp_path: Path) -> None:
    samples.write(tmp_path)
    samples.edit(tmp_path, "data/models/gamma.yml", "name: Gamma", "nmae: Gamma")
    samples.edit(tmp_path, "content/index.md", 'count("models")', 'model("delta")')
    [first, *_] = samples.wrong_site(tmp_path)
    assert first.startswith("content/index.md:7:11: unknown model `delta`.")


@pytest.mark.parametrize("text", ["a: [\n", None])
def test_without_the_spectrum_nothing_else_is_told(tmp_path: Path, text: str | None) -> None:
    path = "data/definitions/spectrum.yml"
    samples.write(tmp_path)
    if text is None:
        (tmp_path / path).unlink()
        assert samples.wrong_site(tmp_path) == [f"{path}:1:1: the file is missing. Restore it."]
    else:
        samples.put(tmp_path, path, text)
        [told] = samples.wrong_site(tmp_path)
        assert told.startswith(f"{path}:2:1: this is not YAML")


def test_edit_links_lead_below_the_root_that_is_given(tmp_path: Path) -> None:
    site = samples.site(tmp_path)
    assert "https://forge.example/edit/data/models/alpha.yml" in site.html(site.pages[0])


def test_building_writes_nothing(tmp_path: Path) -> None:
    samples.write(tmp_path)
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    site = Site(tmp_path)
    for page in site.pages:
        site.html(page)
    after = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    assert after == before


def test_two_builds_give_the_same(tmp_path: Path) -> None:
    one, two = Site(samples.write(tmp_path / "a")), Site(samples.write(tmp_path / "b"))
    assert [one.html(page) for page in one.pages] == [two.html(page) for page in two.pages]
    assert one.written == two.written
