from __future__ import annotations

import pytest
from asking import Asker


@pytest.fixture
def ask(tmp_path):
    return Asker(tmp_path)
