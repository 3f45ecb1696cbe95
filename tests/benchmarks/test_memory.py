"""How much memory a visitor costs after the short walk, beside a Voilà page that holds nothing."""

from __future__ import annotations

import sys
import time

import pytest
from beside import NOTHING
from short_walk import take_the_short_walk

MB = 1_000_000


@pytest.mark.benchmark
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells what is shared")
def test_a_visitor_after_the_short_walk_beside_a_bare_kernel(ours, bare, visit, tell):
    # Both stay open while they are weighed: what two share is counted half to each.
    visit(bare, f"/voila/render/{NOTHING}.ipynb")
    take_the_short_walk(ours, visit)
    time.sleep(2)
    mine, theirs = _weight(ours), _weight(bare)
    tell(
        f"memory: a visitor after the short walk {mine / MB:.0f} MB, a bare kernel {theirs / MB:.0f} MB, "
        f"ratio {mine / theirs:.2f} (aim: at most 1.5; proportional set size)"
    )


def _weight(server):
    (kernel,) = server.kernels()
    return kernel.memory_full_info().pss
