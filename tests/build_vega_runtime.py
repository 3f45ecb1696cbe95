"""Make the one file of chart code that every page shares: ``ui/static/vega_runtime.js``.

Run it by hand after a new release of vl-convert-python or altair, then run the tests, look at a chart in
light and dark, and compare the list of bundled packages with ``vega_runtime.LICENSES.txt``::

    python tests/build_vega_runtime.py

vl-convert carries Vega, Vega-Lite and Vega-Embed inside itself, so this asks no other machine for anything.
The Vega-Lite release is the one altair writes for; the file is an ES module that exports ``vegaEmbed``.
"""

from __future__ import annotations

import sys
from pathlib import Path

TARGET = Path(__file__).parents[1] / "widgets/repairbook/ui/static/vega_runtime.js"


def bundle() -> str:
    """Bundle Vega, Vega-Lite and Vega-Embed with a first line that names them."""
    import altair
    import vl_convert

    release = ".".join(altair.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    if release not in vl_convert.get_vegalite_versions():
        message = f"vl-convert has no Vega-Lite {release}, which altair {altair.__version__} writes for."
        raise SystemExit(message)
    code = vl_convert.javascript_bundle("export { vegaEmbed };", vl_version=release)
    names = (
        f"Vega {vl_convert.get_vega_version()}, Vega-Lite {release}, "
        f"Vega-Embed {vl_convert.get_vega_embed_version()}"
    )
    return f"/* {names}, bundled unchanged. Notices: vega_runtime.LICENSES.txt */\n{code}"


def main() -> None:
    """Write the file and say how large it is."""
    code = bundle()
    TARGET.write_text(code, encoding="utf-8")
    sys.stdout.write(f"{TARGET.name}: {len(code.encode())} bytes\n")


if __name__ == "__main__":
    main()
