"""The Open Model Field Guide's core: records in, text out.

Knows nothing of MkDocs, the clock or the network (but for `hub`, which two commands use). The
modules stand here in the order in which data passes; each imports only those before it (`records`
is a package, with an order of its own):

problems, files, source, records, validation, stored, readings, library, gathered, crosscheck,
survey, verdicts, assess, advise, memory, uses, audit, moffile, mof, addresses, citations, judged,
selections, views, charts, findings, lineage, plot, rulings, diff, telling, history, debates,
shipping, compare, pairs, citing, facets, modelfacets, sizefacets, modellist, catalogues, choosing,
askable, shortlist, rulebook, answers, endpoints, modeldata, recorddata, api, openapi, evidence,
columns, tables, bom, badges, linked, plain, assets, kept, templating, render, modeltext, fields,
feeds, expressions, markers, names, mentions, onpage, facts, works, listings, pictures, decisions,
audits, downloads, functions, allowlist, articles, expansion, prose, figures, unused, texts, pages,
bibtex, exports, build, consistency, frames, policy, checks, revisions, schemas, recording, inyaml,
drafts, drafttext, hub, hubdraft, mofdraft, terminal, authoring, importing, cli
"""
