#!/usr/bin/env python3
"""Writes pricing.json from a flat list of price rows and a file of price rules.

usage: convert_prices.py ROWS.json META.json > pricing.json

ROWS.json is a list of rows, one a model, provider and period. META.json holds what holds for all of them. Numbers are
read and written as decimals, so a price is never a binary fraction. What the two files do not hold (billing of
refusals, prices of a provider without a row) is in the constants below, each with its source.
"""
import json
import sys
from decimal import Decimal

CLASSES = ["input", "output", "cache_write_5m", "cache_write_1h", "cache_read"]

PROVIDERS = {
    "anthropic": None,
    "bedrock": {"use": "anthropic", "factor": Decimal(1), "models_from": None},
    "bedrock-regional": {"use": "bedrock", "factor": Decimal("1.1"), "models_from": "2025-09-29"},
    "bedrock-govcloud": {"use": "bedrock", "factor": Decimal("1.2"), "models_from": None},
    "vertex": {"use": "anthropic", "factor": Decimal(1), "models_from": None},
    "vertex-regional": {"use": "vertex", "factor": Decimal("1.1"), "models_from": "2025-09-29"},
    "foundry": {"use": "anthropic", "factor": Decimal(1), "models_from": None},
}

REFUSALS = {
    "source": "release notes of 2026-09-24, third-party copies only; not seen on an official page",
    "periods": [
        {"from": None, "until": "2026-09-24", "billed": [], "unbilled": None},
        {"from": "2026-09-24", "until": None, "billed": ["bio", "frontier_llm", "reasoning_extraction"],
         "unbilled": ["cyber", "general_harms"]},
    ],
}

CACHE_READ_EXCEPTIONS = [
    {"factor": Decimal("0.05"), "from": "2026-09-22", "models": ["claude-opus-5-5"]},
    {"factor": Decimal("0.05"), "from": "2026-10-07", "models": ["claude-sonnet-5-5"]},
    {"factor": Decimal("0.025"), "from": "2026-09-01",
     "models": ["claude-fable-5-1", "claude-mythos-5-1", "claude-fable-5-2", "claude-mythos-5-2"]},
]

# Opus 4.6 fast mode had a second band in its first days. The day it ended is only known as "about 2026-02-20".
FAST_BANDS = {("claude-opus-4-6", "2026-02-07"): ("2026-02-20", {
    "over": 200000,
    "standard": {"input": Decimal(60), "output": Decimal(225), "cache_write_5m": Decimal(75),
                 "cache_write_1h": Decimal(120), "cache_read": Decimal(6)}})}


def trim(number):
    """The shortest spelling of a number: 10.0 is 10."""
    if not isinstance(number, Decimal):
        return number
    text = format(number.normalize(), "f")
    return Decimal(text)


def prices(row):
    return {name: trim(row[name]) for name in CLASSES}


def batch(row, half):
    """The row's own batch prices; the cache classes, which rows do not repeat, by the rule for all token classes."""
    result = {name: None if row[name] is None else trim(row[name] * half) for name in CLASSES}
    result["input"] = trim(row["batch_input"])
    result["output"] = trim(row["batch_output"])
    return result


def source_keys(text, sources):
    """The keys of the sources that a row names, in its order."""
    found = []
    while text:
        key = next(key for key, value in sources.items() if text == value or text.startswith(value + "; "))
        found.append(key)
        text = text[len(sources[key]) + 2:]
    return found


def present(members):
    """Leaves out what is not there: null, and lists of nothing."""
    return {key: value for key, value in members.items() if value is not None and value != []}


def period(row, half):
    result = {"from": row["effective_from"], "until": row["effective_until"],
              "standard": prices(row), "batch": batch(row, half)}
    band = row["long_context"]
    if band is not None:
        result["long_context"] = [{"over": band["threshold"], "standard": prices(band), "batch": batch(band, half)}]
    return result


def fast_periods(model, rows):
    result = []
    for entry in rows[0]["fast_mode"] or []:
        start = entry["effective_from"]
        if (model, start) in FAST_BANDS:
            day, band = FAST_BANDS[model, start]
            result.append({"from": start, "until": day, "confidence": "low", "note": entry["note"],
                           "standard": prices(entry), "long_context": [band]})
            start = day
        result.append({"from": start, "until": entry["effective_until"], "confidence": "high", "note": entry["note"],
                       "standard": prices(entry)})
    return result


def retires(text):
    prefix = "not sooner than "
    if text is None:
        return {}
    return {"retires_not_before": text[len(prefix):]} if text.startswith(prefix) else {"retires": text}


def provider(model, key, rows, sources, half):
    first = rows[0]
    if any(facts(row) != facts(first) for row in rows):
        sys.exit(f"{model} {key}: the periods differ in more than prices")
    return {"provider": key, **present({"status": first["status"]}), **retires(first["retires"]),
            **present({"us_geo_multiplier": trim(first["us_only_multiplier"])}), "confidence": first["confidence"],
            "sources": source_keys(first["source"], sources), **present({"note": first["note"]}),
            "aliases": first["aliases"], "periods": [period(row, half) for row in rows],
            **present({"fast": fast_periods(model, rows)})}


def facts(row):
    """What holds for a model at a provider in all its periods."""
    return [row[name] for name in ("aliases", "status", "retires", "us_only_multiplier", "confidence", "source", "note",
                                   "context_window", "max_output", "min_cacheable_tokens", "fast_mode")]


def tool_tokens(model, table):
    base = model[:-9] if model[-8:].isdigit() else model
    found = table.get(model) or table.get(base)
    return None if found is None else {"auto": found[0], "forced": found[1]}


def models(rows, meta):
    by_model = {}
    for row in rows:
        by_model.setdefault(row["model"], {}).setdefault(row["provider"], []).append(row)
    half = meta["multipliers"]["batch"]
    for model, providers in by_model.items():
        first = next(iter(providers.values()))[0]
        yield {"model": model, "context_window": first["context_window"], "max_output": first["max_output"],
               "min_cacheable_tokens": first["min_cacheable_tokens"],
               "tool_prompt_tokens": tool_tokens(model, meta["tool_use_system_prompt_tokens"]),
               "providers": [provider(model, key, found, meta["sources"], half) for key, found in providers.items()]}


def server_tools(table):
    return {"web_search_per_1000": trim(table["web_search_per_1000"]),
            "web_search_errors_billed": table["web_search_errors_billed"],
            "web_fetch_per_1000": trim(table["web_fetch"]),
            "code_execution_per_container_hour": trim(table["code_execution_per_container_hour"]),
            "code_execution_free_hours_per_month": table["code_execution_free_hours_per_org_month"],
            "code_execution_minimum_minutes": table["code_execution_minimum_minutes"],
            "code_execution_free_with": table["code_execution_free_with"],
            "managed_agents_session_hour": trim(table["managed_agents_session_hour"]),
            "source": table["source"]}


def multipliers(table):
    """The rules that rows were made from; models with their own cache-read rule are named in the constant."""
    return {"cache_write_5m": trim(table["cache_write_5m"]), "cache_write_1h": trim(table["cache_write_1h"]),
            "cache_read": trim(table["cache_read"]["default"]), "cache_read_exceptions": CACHE_READ_EXCEPTIONS,
            "batch": trim(table["batch"]), "us_geo": trim(table["us_only_inference_geo"]),
            "cloud_regional": trim(table["cloud_regional"]), "govcloud": trim(table["govcloud"]),
            "stacking": table["stacking"]}


def document(rows, meta):
    images = meta["image_tokens"]
    return {
        "$schema": "./pricing.schema.json", "date": meta["as_of"], "currency": meta["currency"],
        "providers": {key: {"description": meta["provider_keys"][key], "without_row": rule}
                      for key, rule in PROVIDERS.items()},
        "bare_bedrock_id": "bedrock",
        "aliases": {},
        "refusals_before_output": REFUSALS,
        "server_tools": server_tools(meta["server_tools"]),
        "multipliers": multipliers(meta["multipliers"]),
        "image_tokens": {"patch_pixels": 28, "standard": images["standard"],
                         "models_4_7_and_later": images["models_4_7_and_later"]},
        "pdf_text_tokens_per_page": meta["pdf"]["text_tokens_per_page"],
        "tool_prompt_tokens_source": meta["tool_use_system_prompt_tokens"]["source"],
        "sources": meta["sources"],
        "models": list(models(rows, meta))}


def write(value, indent=0):
    """JSON with a line for each set of prices, so that a change of price is a change of one line."""
    flat = write_flat(value)
    nested = isinstance(value, (dict, list)) and "{" in flat[1:]
    if not isinstance(value, (dict, list)) or (not nested and len(flat) + indent <= 116):
        return flat
    inner = " " * (indent + 2)
    items = packed(value, inner) if isinstance(value, dict) else [inner + write(item, indent + 2) for item in value]
    brackets = "[]" if isinstance(value, list) else "{}"
    return brackets[0] + "\n" + ",\n".join(items) + "\n" + " " * indent + brackets[1]


def packed(members, inner):
    """The lines of an object's members; short plain values that follow each other share a line."""
    lines, open_line = [], False
    for key, item in members.items():
        text = f"{json.dumps(key)}: {write(item, len(inner))}"
        plain = not isinstance(item, (dict, list)) and len(text) <= 40
        if plain and open_line and len(lines[-1]) + len(text) <= 116:
            lines[-1] += ", " + text
        else:
            lines.append(inner + text)
        open_line = plain
    return lines


def write_flat(value):
    if isinstance(value, dict):
        inner = ", ".join(f"{json.dumps(key)}: {write_flat(item)}" for key, item in value.items())
        return "{ " + inner + " }" if inner else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(write_flat(item) for item in value) + "]"
    return format(value, "f") if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file, parse_float=Decimal, parse_int=Decimal)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    print(write(document(read(sys.argv[1]), read(sys.argv[2]))))


if __name__ == "__main__":
    main()
