"""The Open Model Field Guide's core: records in, text out.

Knows nothing of MkDocs, the clock or the network. The modules stand here in the order in which data
passes; each imports only those before it (`records` is a package, with an order of its own):

problems, source, records, validation, readings, library, survey, assess, advise, memory, uses,
audit, mof, addresses, citations, selections, views, charts, findings, lineage, plot, rulings,
debates, shipping, compare, pairs, citing, facets, modellist, catalogues, choosing, askable,
shortlist, rulebook, answers, endpoints, modeldata, api, openapi, evidence, columns, tables, bom,
badges, linked, plain, assets, kept, templating, render, modeltext, fields, markers, pictures,
downloads, functions, articles, texts, pages, bibtex, exports, build, frames, checks, cli
"""
