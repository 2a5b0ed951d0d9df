"""Drafts from the hub's metadata, and records held against them: a small hub on this machine."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import samples
from fieldguide import hub
from fieldguide.cli import main
from fieldguide.survey import load, survey

# An answer in the documented shape of the hub's API for a model.
DELTA: dict[str, Any] = {
    "id": "acme/Delta-7B",
    "author": "acme",
    "sha": "0123456789abcdef0123456789abcdef01234567",
    "lastModified": "2026-03-04T05:06:07.000Z",
    "createdAt": "2026-02-01T00:00:00.000Z",
    "private": False,
    "gated": "auto",
    "disabled": False,
    "pipeline_tag": "image-text-to-text",
    "tags": [
        *("safetensors", "license:mit", "arxiv:2501.00001", "base_model:acme/alpha"),
        *("base_model:finetune:acme/alpha", "region:us"),
    ],
    "cardData": {
        "license": "mit",
        "license_link": "https://acme.example/terms",
        "language": ["sw", "tlh"],
        "base_model": ["acme/alpha", "other/thing"],
    },
    "safetensors": {"parameters": {"BF16": 7_300_000_000}, "total": 7_300_000_000},
    "siblings": [
        {"rfilename": name}
        for name in (
            *("README.md", "LICENSE.txt", "config.json", "modeling_delta.py", "tokenizer.json"),
            *("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"),
            *("training_args.bin", ".gitattributes"),
        )
    ],
}
BARE = {"id": "acme/Bare", "siblings": [{"rfilename": "notes.txt"}], "tags": []}


class Hub(ThreadingHTTPServer):
    """Answers by path: a status and a value; a redirect has the new path as its value."""

    daemon_threads = True

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, Any]] = {}
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def has(self, answer: dict[str, Any], **changes: Any) -> None:
        answer = {**answer, **changes}
        self.answers[f"/api/models/{answer['id']}"] = 200, answer


class _Handler(BaseHTTPRequestHandler):
    server: Hub

    def do_GET(self) -> None:
        missing = 404, {"error": "Repository not found"}
        status, value = self.server.answers.get(self.path.partition("?")[0], missing)
        body = json.dumps(value).encode()
        self.send_response(status)
        if status == 307:
            self.send_header("Location", value)
        if status == 404:
            self.send_header("X-Error-Code", "RepoNotFound")
        if status == 403:
            self.send_header("X-Error-Code", "GatedRepo")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def _served() -> Iterator[Hub]:
    server = Hub()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def small_hub(_served: Hub) -> Hub:
    _served.answers.clear()
    return _served


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.delenv("HF_ENDPOINT", raising=False)
    samples.write(tmp_path)
    alpha = "data/models/alpha.yml"
    samples.edit(
        tmp_path, alpha, "https://hub.example.org/alpha", "https://huggingface.co/acme/alpha"
    )
    return tmp_path


def run(root: Path, small_hub: Hub, *arguments: str) -> Result:
    more = ["--root", str(root), "--endpoint", small_hub.address]
    return CliRunner().invoke(main, [*arguments, *more])


def refused(result: Result) -> str:
    assert result.exit_code == 1
    [line] = result.stderr.splitlines()
    return line.removeprefix("Error: ")


# Import

FAMILY = ("--set", "family=greek")  # The hub knows no families.


def test_a_draft_has_what_the_hub_says_each_with_its_evidence(root: Path, small_hub: Hub) -> None:
    small_hub.has(DELTA)
    result = run(root, small_hub, "import", "hub", "acme/Delta-7B", *FAMILY)
    assert result.exit_code == 0, result.output
    path = "data/models/delta-7b.yml"
    assert result.stdout.splitlines() == [
        f"Wrote {path}, unchecked. Read each value, then run `fieldguide check`."
    ]
    model = load(root).models["delta-7b"]
    assert (model.name, model.family, model.developers) == ("Delta-7B", "greek", ("acme",))
    assert model.kind.input == ("image", "text")
    assert model.languages == ("sw",)
    assert model.access == "weights"
    assert model.based_on == ("alpha",)
    assert [(size.name, size.parameters) for size in model.sizes] == [("7B", 7_300_000_000)]
    assert model.released is None, "when the repository was made is not when the model came out"
    assert model.links.hub == "https://huggingface.co/acme/Delta-7B"
    assert model.links.paper == "https://arxiv.org/abs/2501.00001"
    assert {part: fact.state for part, fact in model.parts.items()} == dict.fromkeys(
        ("weights", "architecture", "model-card", "model-metadata"), "released"
    )
    assert {fact.licence for fact in model.parts.values()} == {"free"}, "its SPDX id is MIT"
    assert model.parts["weights"].gated
    [piece] = model.parts["weights"].evidence
    assert piece.url == f"https://huggingface.co/acme/Delta-7B/tree/{DELTA['sha']}"
    assert piece.note == "File list: model-00001-of-00002.safetensors and 1 more"
    pieces = list(model.pieces())
    assert len(pieces) == 4 + 4
    assert all(p.via == "primary" and p.dated == "2026-03-04" for p in pieces)
    assert not any(p.checked for p in pieces)
    comments = " ".join(
        line.removeprefix("# ")
        for line in (root / path).read_text(encoding="utf-8").splitlines()
        if line.startswith("#")
    )
    for told in (
        "revision 0123456: nobody has checked it",
        "The repository is of 2026-02-01; the release may be earlier.",
        "The card also says: tlh.",
        "Base models in the card that have no record: other/thing.",
        "of the kind: finetune",
        "Files of the tokenizer: tokenizer.json.",
        "Read the text in the repository: LICENSE.txt.",
        "The card's link to the licence: https://acme.example/terms.",
        "Task on the hub: image-text-to-text.",
        "Families of this account: greek.",
    ):
        assert told in comments


def test_what_the_hub_does_not_say_is_left_to_fill_in(root: Path, small_hub: Hub) -> None:
    small_hub.has(BARE)
    result = run(root, small_hub, "import", "hub", "https://huggingface.co/acme/Bare")
    assert result.exit_code == 0
    first, number, *problems = result.stdout.splitlines()
    assert first.startswith("Wrote data/models/bare.yml, unchecked.")
    assert number == f"{len(problems)} problems to mend before it is complete:"
    assert [problem.partition(" `")[2] for problem in problems] == [
        "family` has no value. Give it one, or leave the key out.",
        "input` has no value. Give it one, or leave the key out.",
        "output` has no value. Give it one, or leave the key out.",
        "access` has no value. Give it one, or leave the key out.",
    ]
    assert survey(root)[0].models.keys() == {"alpha", "beta", "gamma"}


def test_what_one_knows_oneself_goes_with_it(root: Path, small_hub: Hub) -> None:
    small_hub.has(DELTA, id="newcomer/Delta-7B", cardData={}, tags=[])
    result = run(
        root, small_hub, "import", "hub", "newcomer/Delta-7B", "--id", "delta",
        "--set", "family=greek", "--set", "developers=zenith",
    )  # fmt: skip
    assert result.exit_code == 0
    model = load(root).models["delta"]
    assert (model.family, model.developers, model.name) == ("greek", ("zenith",), "Delta-7B")
    assert model.parts["weights"].licence is None


@pytest.mark.parametrize(
    ("card", "licence", "told"),
    [
        ({"license": "MIT"}, "free", ""),
        ({"license": "other", "license_name": "house"}, "house", ""),
        ({"license": "acme++"}, "house", ""),
        ({"license": "other", "license_name": "acme-own"}, None, "the card's: other acme-own."),
        ({"license": "agpl-3.0"}, None, "the card's: agpl-3.0."),
        ({}, None, ""),
    ],
)
def test_the_licence_is_ours_or_named_in_a_comment(
    root: Path, small_hub: Hub, card: dict[str, Any], licence: str | None, told: str
) -> None:
    small_hub.has(DELTA, cardData=card)
    run(root, small_hub, "import", "hub", "acme/Delta-7B", *FAMILY)
    assert load(root).models["delta-7b"].parts["weights"].licence == licence
    text = (root / "data/models/delta-7b.yml").read_text(encoding="utf-8")
    assert told in text
    assert ("Which licence is this?" in text) == bool(told)


def test_a_release_date_comes_only_from_the_card(root: Path, small_hub: Hub) -> None:
    small_hub.has(DELTA, cardData={"license": "mit", "release_date": "2026-01-15"})
    run(root, small_hub, "import", "hub", "acme/Delta-7B", *FAMILY)
    model = load(root).models["delta-7b"]
    assert model.released == "2026-01-15"
    assert model.sources("released")[0].note == "Release date in the card"


def test_odd_texts_of_strangers_stay_texts(root: Path, small_hub: Hub) -> None:
    card = {
        "license": "other",
        "license_name": "x\u2028family: hacked\n- *a\x07",
        "language": ["no", "{{ 7 * 7 }}", 3, None, {"a": "b"}],
        "base_model": "acme/\u2028name: hacked",
    }
    files = [{"rfilename": 'tokenizer"]}\nname: hacked'}, {"rfilename": "a: [b.safetensors"}]
    small_hub.has(DELTA, cardData=card, siblings=files, pipeline_tag="text-generation")
    result = run(root, small_hub, "import", "hub", "acme/Delta-7B", *FAMILY)
    assert result.exit_code == 0
    model = load(root).models["delta-7b"]
    assert (model.name, model.family) == ("Delta-7B", "greek")
    assert model.languages == ("no",)
    assert model.parts["weights"].evidence[0].note == "File list: a: [b.safetensors"


def test_a_model_that_has_a_record_is_not_drafted_again(root: Path, small_hub: Hub) -> None:
    small_hub.has(DELTA, id="acme/alpha")
    said = refused(run(root, small_hub, "import", "hub", "acme/alpha"))
    assert said == (
        "`acme/alpha` is the hub page of `alpha`: compare with `fieldguide refresh alpha`."
    )
    small_hub.has(DELTA, id="else/Beta")
    said = refused(run(root, small_hub, "import", "hub", "else/Beta"))
    assert said == ("`beta` exists: edit data/models/beta.yml, or choose another with --id.")


# Errors


@pytest.mark.parametrize("command", [("import", "hub", "acme/alpha"), ("refresh", "alpha")])
@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "the hub has no public model `acme/alpha`"),
        (403, "`acme/alpha` is gated: the hub does not show even its metadata"),
        (429, "the hub takes no more requests for now (rate limit): try again later"),
        (500, "the hub answers with an error (500)"),
    ],
)
def test_what_the_hub_refuses_is_told_in_one_line(
    root: Path, small_hub: Hub, command: tuple[str, ...], status: int, said: str
) -> None:
    small_hub.answers["/api/models/acme/alpha"] = status, {"error": "no"}
    before = {file: file.read_bytes() for file in root.rglob("*.yml")}
    result = run(root, small_hub, *command)
    if status in (403, 404) and command[0] == "refresh":
        assert result.stdout.splitlines()[0] == f"alpha: {said}"
    else:
        assert result.stderr.splitlines()[-1] == f"Error: {said}."
        assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert before == {file: file.read_bytes() for file in root.rglob("*.yml")}


def test_without_a_network_there_is_one_line(root: Path, small_hub: Hub) -> None:
    more = ("--root", str(root), "--endpoint", "http://127.0.0.1:9")
    result = CliRunner().invoke(main, ["import", "hub", "acme/alpha", *more])
    assert refused(result).startswith("the hub cannot be reached (")
    small_hub.answers["/api/models/acme/alpha"] = 200, ["no model"]
    assert refused(run(root, small_hub, "import", "hub", "acme/alpha")).startswith(
        "the hub cannot be reached ("
    )


def test_a_word_that_is_no_id_of_the_hub(root: Path, small_hub: Hub) -> None:
    said = refused(run(root, small_hub, "import", "hub", "a/b/c"))
    assert said == "`a/b/c` is no id of a model on the hub: write ACCOUNT/NAME."


def test_without_the_client_the_command_says_what_to_install(
    root: Path, small_hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    said = refused(run(root, small_hub, "import", "hub", "acme/alpha"))
    assert said == "this needs the hub's own client: pip install 'huggingface-hub>=2'."


def test_what_does_not_ask_the_hub_does_not_load_its_client() -> None:
    code = "import sys, fieldguide.cli; sys.exit('huggingface_hub' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# Refresh

SAME: dict[str, Any] = {
    **DELTA,
    "id": "acme/alpha",
    "cardData": {"license": "mit"},
    "tags": [],
}


def refreshed(root: Path, small_hub: Hub, *arguments: str) -> list[str]:
    """What the command says; it changes no record, and its exit code tells if it found anything."""
    before = {file: file.read_bytes() for file in root.rglob("*.yml")}
    result = run(root, small_hub, "refresh", *arguments)
    lines = result.stdout.splitlines()
    assert result.exit_code == (0 if lines[-1].endswith(" 0 differences.") else 1), result.output
    assert before == {file: file.read_bytes() for file in root.rglob("*.yml")}
    return lines


def test_records_that_agree_are_only_counted(root: Path, small_hub: Hub) -> None:
    small_hub.has(SAME)
    assert refreshed(root, small_hub) == ["1 compared, 0 differences."]
    small_hub.has(SAME, safetensors={"parameters": {}, "total": 7_000_000_000})
    assert refreshed(root, small_hub) == ["1 compared, 0 differences."], "records may be round"


def test_what_the_hub_says_otherwise_is_listed(root: Path, small_hub: Hub) -> None:
    gamma = "data/models/gamma.yml"
    text = (root / gamma).read_text(encoding="utf-8")
    samples.put(root, gamma, text + 'links: {hub: "https://huggingface.co/acme/gamma/tree/main"}\n')
    small_hub.has(
        SAME,
        cardData={"license": "other", "license_name": "house", "base_model": "acme/gamma"},
        safetensors={"parameters": {}, "total": 40_000_000_000},
    )
    assert refreshed(root, small_hub) == [
        "alpha: licence: the record says free; the hub says house",
        "alpha: parameters: the record says 1,000,000,000, 7,300,000,000; "
        "the hub says 40,000,000,000",
        "alpha: base model: the record says none; the hub says gamma",
        "gamma: the hub has no public model `acme/gamma`",
        "1 compared, 4 differences.",
    ]
    assert refreshed(root, small_hub, "gamma")[-1] == "0 compared, 1 differences."


def test_a_renamed_repository_is_found_where_it_is_now(root: Path, small_hub: Hub) -> None:
    small_hub.answers["/api/models/acme/alpha"] = 307, "/api/models/apex/Alpha-1"
    small_hub.has(SAME, id="apex/Alpha-1")
    assert refreshed(root, small_hub) == [
        "alpha: hub page: the record says acme/alpha; the hub says renamed: apex/Alpha-1",
        "1 compared, 1 differences.",
    ]


def test_a_model_without_a_page_on_the_hub_and_one_without_a_record(
    root: Path, small_hub: Hub
) -> None:
    assert refreshed(root, small_hub, "beta") == [
        "beta: its record links to no model's page on the hub",
        "0 compared, 0 differences.",
    ]
    said = refused(run(root, small_hub, "refresh", "omega"))
    assert said == "there is no record `omega` in data/models/."


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://huggingface.co/acme/alpha", "acme/alpha"),
        ("https://www.huggingface.co/acme/alpha/tree/main?x=1#y", "acme/alpha"),
        ("https://hf.co/acme/alpha", "acme/alpha"),
        ("https://huggingface.co/alpha", "alpha"),
        ("https://huggingface.co/collections/acme/alpha-1", None),
        ("https://huggingface.co/datasets/acme/alpha", None),
        ("https://hub.example/acme/alpha", None),
        ("acme/alpha", None),
        (None, None),
    ],
)
def test_the_model_of_an_address(url: str | None, key: str | None) -> None:
    assert hub.model_id(url) == key
