"""A small valid project in a folder of its own, for tests of the core."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from fieldguide.build import Site
from fieldguide.library import Library
from fieldguide.problems import ProblemsFound
from fieldguide.records import Model
from fieldguide.survey import load, survey
from fieldguide.views import Guide

ROOT: Final = Path(__file__).parent.parent
EVIDENCE: Final = '{url: "https://example.org/a", via: primary}'
PART: Final = f"{{state: released, evidence: [{EVIDENCE}]}}"

# Alpha opens everything, Beta is a service, Gamma's weights are out under house terms.
FILES: Final = {
    "data/models/alpha.yml": f"""\
name: Alpha
family: greek
developers: [acme]
description: A model made to be studied. All its parts are out.
released: 2024-11-26
kind: {{input: [text, image], output: [text]}}
languages: [sw, "no"]
access: weights
sizes:
  - {{name: "1B", parameters: 1_000_000_000, context: 4096, layers: 16}}
  - {{name: "7B", parameters: 7_300_000_000, context: 131_072, layers: 32}}
licences: {{all: free}}
parts:
  weights:
    state: released
    gated: true
    evidence: [{EVIDENCE}]
  inference-code: {{state: released, evidence: [{EVIDENCE}]}}
  training-code: {{state: released, evidence: [{EVIDENCE}]}}
  training-data:
    state: released
    note: All of it
    evidence: [{{url: "https://example.org/d", via: paper, dated: 2024-12, says: half, note: seen}}]
claims:
  - {{says: open, words: fully open, evidence: [{EVIDENCE}]}}
links: {{hub: "https://hub.example.org/alpha", paper: "https://www.example.org/paper"}}
references: [paper]
evidence:
  released: [{EVIDENCE}]
  parameters: [{EVIDENCE}]
  context: [{EVIDENCE}]
  architecture: [{EVIDENCE}]
  languages: [{EVIDENCE}]
  licences: [{EVIDENCE}]
""",
    "data/models/beta.yml": f"""\
name: Beta
family: greek
developers: [acme]
description: A model offered as a service. Its makers say little about it.
released: 2023-03
kind: {{input: [text], output: [text]}}
language_count: 100
access: product
parts:
  weights: {{state: withheld, basis: refused, evidence: [{EVIDENCE}]}}
evidence:
  released: [{EVIDENCE}]
  access: [{EVIDENCE}]
  languages: [{EVIDENCE}]
""",
    "data/models/gamma.yml": f"""\
name: Gamma
family: greek
developers: [acme]
description: Alpha with other manners. Its weights are out.
kind: {{input: [text], output: [text]}}
access: weights
based_on: [alpha]
parts:
  weights: {{state: partial, licence: house, evidence: [{EVIDENCE}]}}
  training-data:
    {{state: withheld, basis: not-found, derived_from: weights, evidence: [{EVIDENCE}]}}
evidence:
  based_on: [{EVIDENCE}]
  licences: [{EVIDENCE}]
""",
    "data/licences/free.yml": f"""\
name: The Free Licence
short: Free
spdx: MIT
publisher: acme
category: permissive
family: free
version: "1"
dated: 2004-01
text: "https://example.org/licence"
open_definition: true
summary: You may do anything. Keep the notice.
read: whole
terms:
  commercial-use: {{answer: allowed, clause: "2.1"}}
  notices: {{answer: required, clause: notice paragraph, note: Keep it}}
  use-restrictions: {{answer: none}}
  size-threshold: {{answer: unspecified}}
  termination: {{answer: stated, clause: "5", note: it ends}}
evidence: [{EVIDENCE}]
""",
    "data/licences/house.yml": f"""\
name: House Terms
short: House
hub_tag: acme++
publisher: acme
category: community
family: free
summary: You may use it. Large users must ask.
read: part
terms:
  commercial-use: {{answer: conditions}}
  size-threshold:
    answer: limited
    number: 700_000_000
    counts: users
    unit: users a month
    counted: in the month before
  use-restrictions: {{answer: limited, items: [war, spam]}}
evidence: [{EVIDENCE}]
""",
    "data/tools/runner.yml": f"""\
name: Runner
maker: acme
category: local-runtime
summary: It runs models.
source: open
licence: free
platforms: [linux, macos]
interfaces: [command-line]
formats: [gguf]
needs: A machine
best_for: Everyone
links: {{site: "https://example.org/runner"}}
evidence:
  source: [{EVIDENCE}]
  licence: [{EVIDENCE}]
  platforms: [{EVIDENCE}]
  interfaces: [{EVIDENCE}]
  formats: [{EVIDENCE}]
  needs: [{EVIDENCE}]
""",
    "data/tools/walker.yml": """\
name: Walker
maker: acme
category: local-runtime
summary: It walks models.
""",
    "data/comparisons/sides.yml": """\
title: Two sides
caption: What speaks for each
as_of: 2026-11
columns: [{id: left, label: Left}, {id: right, label: Right}]
rows:
  - label: Cost
    cells:
      left: {text: Low., sources: [paper]}
      right: {text: High.}
""",
    "data/debates/quarrel.yml": """\
question: Is one more than two?
short: One or two
topic: words
order: 1
disputed: Which of two numbers is the greater.
positions:
  - id: one
    label: One is more
    summary: One comes first. What comes first is more.
    held_by: [{who: Ann, says: first is best, sources: [gradient]}]
    evidence_for: [{text: It wins races, as_of: 2024-05, sources: [gradient, paper]}]
    evidence_against: [{text: It loses at cards., sources: [gradient]}]
  - id: two
    label: Two is more
    summary: Two holds one twice.
    held_by: [{who: Bob, says: Count them., sources: [gradient]}]
    evidence_for: [{text: It was counted., sources: [paper]}]
    evidence_against: [{text: Only once., sources: [paper]}]
agreed: Both are numbers.
settle: [A pair of scales]
regulators:
  - {who: Utopia, says: asks for three, as_of: 2026-01, sources: [gradient]}
caution: Numbers of shoes are pairs.
models: [alpha, beta]
reviewed: 2026-11-20
""",
    "data/debates/dispute.yml": """\
question: Is a name a thing?
short: Names
topic: words
order: 2
disputed: What a name is.
positions:
  - id: thing
    label: A thing
    summary: It can be given.
    held_by: [{who: Ann, says: I have one., sources: [paper]}]
    evidence_for: [{text: Some are lost., sources: [paper]}]
    evidence_against: [{text: None was found., sources: [paper]}]
  - id: sound
    label: A sound
    summary: It can be heard.
    held_by: [{who: Bob, says: Listen., sources: [paper]}]
    evidence_for: [{text: Some are loud., sources: [paper]}]
    evidence_against: [{text: Some are written., sources: [paper]}]
  - id: nothing
    label: Nothing
    summary: It weighs nothing.
    held_by: [{who: Cy, says: Weigh it., sources: [paper]}]
    evidence_for: [{text: The scales stood still., sources: [paper]}]
    evidence_against: [{text: They were broken., sources: [paper]}]
agreed: It is short.
settle: [Better scales.]
related: [quarrel]
reviewed: 2026-10
""",
    "data/debates/fear.yml": """\
question: Are numbers dangerous?
short: Danger
topic: safety
order: 5
disputed: Whether they bite.
positions:
  - id: bite
    label: They bite
    summary: Sevens do.
    held_by: [{who: Ann, says: Ouch., sources: [paper]}]
    evidence_for: [{text: There were marks., sources: [paper]}]
    evidence_against: [{text: It was a dog., sources: [paper]}]
  - id: tame
    label: They are tame
    summary: All of them.
    held_by: [{who: Bob, says: Pet one., sources: [paper]}]
    evidence_for: [{text: It purred., sources: [paper]}]
    evidence_against: [{text: It slept., sources: [gradient]}]
settle: [Patience.]
reviewed: 2026-11-20
""",
    "data/definitions/spectrum.yml": """\
name: Spectrum
short: Step
order: 2
publisher: Acme
version: "1"
dated: 2026-01-02
about: How open a model is.
below: Not offered
below_says: is not offered
open_from: weights
references: [gradient]
rungs:
  - id: product
    label: Product
    about: Use it there.
    says: is a product
    requires: [{access: product}]
  - id: weights
    label: Weights
    about: Hold them.
    says: has weights
    requires: [{any: [weights], states: [released, partial]}]
  - id: open-weights
    label: Open weights
    about: Under an open licence.
    says: has open weights
    requires: [{any: [weights], licence: {approved: [osi, open-definition, strict]}}]
  - id: everything-open
    label: Everything open
    about: With code and data.
    says: has everything open
    requires:
      - {any: [training-code], licence: {approved: [osi]}}
      - {any: [training-data]}
    optional: [model-metadata]
""",
    "data/definitions/strict.yml": """\
name: Strict Rule
short: Strict
order: 1
publisher: Acme
version: "2"
dated: 2026-01
about: Whether weights and data are there for all.
below: Not strict
below_says: is not open by the Strict Rule
open_from: strict
formal: true
headline: true
disputed: [Some find it too strict.]
treatment: [A paper is no data.]
not_judged: [Whether the data is good.]
open_licences: [CC-BY-4.0, house-open]
references: [gradient]
critics: [paper]
examples: [alpha, beta]
rungs:
  - id: strict
    label: Strictly open
    about: Weights and data for all.
    says: is open by the Strict Rule
    requires:
      - any: [weights]
        licence:
          permits: [commercial-use]
          without: [size-threshold]
          doubtful: [use-restrictions]
        about: Weights for all.
      - {any: [training-data, data-information]}
""",
    "data/organisations.yml": f"""\
acme:
  name: Acme
  type: company
  country: DE
  site: "https://www.acme.example/"
  evidence: [{EVIDENCE}]
zenith: {{name: Zenith, type: university}}
""",
    "data/glossary.yml": """\
lora:
  term: LoRA
  definition: A way to tune a model with few numbers.
  aliases: [low-rank adaptation]
  see: [weights]
  reference: paper
weights: {term: weights, definition: The numbers of a model.}
""",
    "data/references.yml": """\
paper:
  type: article-journal
  title: On Models
  author: [{family: Doe, given: Jane}, {literal: The Group}]
  issued: 2024-05-06
  container-title: Journal of Models
  URL: "https://www.example.org/paper"
  DOI: 10.1000/182
  read: full
gradient: {type: book, title: A Gradient, issued: 2023, DOI: 10.1000/183, read: not}
""",
    "data/licence-changes.yml": f"""\
greek-free:
  date: 2024-12-01
  family: greek
  models: [alpha]
  before: house
  after: free
  text: The weights of Alpha came under another licence.
  evidence: [{EVIDENCE}]
""",
    "data/changes.yml": """\
first: {date: 2026-01-02, text: The first records., models: [alpha], tools: [runner]}
second: {date: 2026-02-03, text: A licence., licences: [house]}
""",
    "data/history/2026-02-03.yml": """\
added: {tools: [runner]}
changed:
  models:
    alpha: [released, parts.weights]
removed:
  licences: {old-house: "Old House"}
verdicts:
  - {model: alpha, definition: strict, before: "Not open", after: "Open"}
  - {model: gamma, definition: strict, before: "Not open", after: "Open"}
""",
    "data/vocabulary/precisions.yml": """\
f16: {label: 16 bits, bits: 16, sources: [paper]}
q8-0: {label: 8 bits, bits: 8.5, sources: [paper]}
q4-k-m: {label: 4 bits, bits: 4.8, sources: [paper]}
""",
    "data/vocabulary/machine-kinds.yml": """\
card: {label: Card, spare: 10}
plain: {label: By memory, spare: 25}
""",
    "data/vocabulary/machines.yml": "one: {kind: card, label: One, memory: 8, sources: [paper]}\n",
    "data/memory-checks.yml": """\
alpha-file: {label: Weights of Alpha, model: alpha, size: 7B, precision: f16, published: 15 GB, \
bytes: 15_000_000_000, sources: [paper]}
""",
    "data/shortlists.yml": "greek: {label: Greek ones, models: [alpha, gamma]}\n",
    "data/questions.yml": """\
purpose:
  question: What for?
  short: Purpose
  why: Kinds differ.
  choices:
    words: {label: Words, short: words, keep: {in: text, out: text}}
    pictures: {label: Pictures, short: pictures, about: They are read., keep: {in: image}}
place:
  question: Where?
  short: Place
  why: Memory is short.
  choices:
    home: {label: At home, short: home, keep: {access: weights}}
    small: {label: On a small machine, short: small machine, keep: {access: weights, memory: 2}}
    away: {label: Elsewhere, short: elsewhere, keep: {access: [product, weights]}}
terms:
  question: What may be done?
  short: Terms
  why: Terms differ.
  not_after: [away]
  choices:
    any-terms: {label: Nothing special, short: any terms}
    product: {label: Sell it, short: sale, keep: {may-users-1m: "yes"}}
data:
  question: What is known?
  short: Data
  why: Some want to know.
  choices:
    any-data: {label: Nothing special, short: any data}
    data: {label: The data, short: data out, keep: {part-weights: released}}
""",
    "data/side-by-side.yml": """\
letters: {models: [alpha, gamma], about: One studied and one sold.}
texts: {licences: [free, house], about: Two texts.}
""",
    "data/vocabulary/families.yml": "greek: {label: Greek, about: Letters.}\n",
    "data/vocabulary/licence-families.yml": """\
free: {label: Free kin, about: Texts of one hand.}
lone: {label: Lone}
""",
    "content/index.md": """\
---
title: Home
description: The page where every visit to this small sample of a guide begins.
---
# Home

There are {{ count("models") }} models.
""",
    "content/understand/one.md": """\
---
title: One
description: What there is to know about the first of all things, in a few words.
kind: explainer
reviewed: 2026-11-20
learn:
  - What one is
bottom_line: One is one.
related: [index.md]
---
# One

{{ model("alpha") }} is open {{ cite("paper") }}.

Its {{ term("weights") }} are out; {{ term("lora") }} changes them.

{{ catalogue() }}
""",
}


def write(root: Path, **changes: str | None) -> Path:
    """Writes the sample project into `root`; `changes` are texts by path, None for no file."""
    for folder in ("data/vocabulary", "overrides/fieldguide"):
        shutil.copytree(ROOT / folder, root / folder)
    for path, text in (FILES | changes).items():
        if text is not None:
            put(root, path, text)
    return root


def put(root: Path, path: str, content: str | bytes) -> Path:
    """Writes one file below `root`."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def edit(root: Path, path: str, old: str, new: str) -> None:
    """Replaces `old`, which must stand there once, in one file."""
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    put(root, path, text.replace(old, new))


def library(root: Path) -> Library:
    """The library of the sample project, written and read."""
    return load(write(root))


@cache
def real() -> Library:
    """The guide's own library, read once."""
    return load(ROOT)


def records(*collections: str) -> dict[str, Any]:
    """The guide's own records of some collections, by the place where each stands."""
    library = real()
    found = {(name, key): r for name in collections for key, r in library.collections[name].items()}
    return {
        path
        if (path := library.paths[place]).endswith(f"/{place[1]}.yml")
        else f"{path} ({place[1]})": r
        for place, r in found.items()
    }


def made(
    parts: Mapping[str, str], *, access: str = "weights", rest: str = "", **licences: str
) -> Model:
    """A model of which only this is known: each part's state and licence, as `released mit`.

    `rest` is the same of all parts of the vocabulary that are not named; by default nothing.
    """
    others = {part: rest for part in real().parts if rest and part not in parts}
    facts = {
        part: dict(zip(("state", "licence"), text.split(), strict=False))
        | {"evidence": [{"url": "https://example.org/", "via": "primary"}]}
        for part, text in (others | dict(parts)).items()
    }
    return Model.model_validate(
        {
            "id": "made",
            "name": "Made",
            "family": "other",
            "developers": ["acme"],
            "description": "Made up.",
            "kind": {"input": ["text"], "output": ["text"]},
            "access": access,
            "licences": licences,
            "parts": facts,
        }
    )


def guide(root: Path) -> Guide:
    """The guide of the sample project, written and read."""
    return Guide(library(root), "https://forge.example/edit/")


def site(root: Path) -> Site:
    """The site of the sample project, written and read."""
    return Site(write(root), "https://forge.example/edit/")


def wrong(root: Path) -> list[str]:
    """All that is wrong in the project's data, as lines."""
    return [str(problem) for problem in survey(root)[1]]


def wrong_site(root: Path) -> list[str]:
    """All that is wrong in the whole project, as lines."""
    try:
        Site(root)
    except ProblemsFound as found:
        return [str(problem) for problem in found.problems]
    return []


def place(root: Path, path: str, text: str) -> str:
    """Where `text`, which must stand there once, begins in a file: `path:line:column`."""
    content = (root / path).read_text(encoding="utf-8")
    assert content.count(text) == 1, f"{text!r} stands {content.count(text)} times in {path}"
    before = content.split(text)[0].split("\n")
    return f"{path}:{len(before)}:{len(before[-1]) + 1}"
