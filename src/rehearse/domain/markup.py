"""Text from outside made fit for the pages we write: in Markdown and in HTML nothing of it is markup."""

import base64
import hashlib
import html
import json
import re

from rehearse.domain.shown import shown


def markdown_text(text: str) -> str:
    """A text on one line, Markdown's signs made plain."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", " ".join(text.split()))


def html_text(text: str) -> str:
    """A text fit for an element or an attribute in quotes; control characters are spelled out."""
    return html.escape(shown(text), quote=True)


def html_json(value: object) -> str:
    """A value for a data block: nothing in it can end the element (HTML standard, "Restrictions for contents of script
    elements").
    """
    return re.sub("[<>&]", lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value))


def page_head(title: str, style: str, script: str) -> str:
    """The beginning of a page of ours, up to its body; it may do what `page_policy` says.

    Args:
        title: plain text.
        style: the page's only style sheet.
        script: its only script, which stands in its body.
    """
    return f"""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{html_text(page_policy(style, script))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>{html_text(title)}</title>
<style>{style}</style>
</head>
"""


def page_policy(style: str, script: str) -> str:
    """What a page of ours may do, for its `Content-Security-Policy` (level 2): this style and this script by their
    SHA-256, sound that it holds itself, and nothing else.
    """
    return (
        f"default-src 'none'; style-src {_allowed(style)}; script-src {_allowed(script)}; "
        "media-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _allowed(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"
