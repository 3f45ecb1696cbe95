from __future__ import annotations

import pytest
from scores_files import Clinic


@pytest.fixture
def clinic(tmp_path):
    opened = Clinic(tmp_path)
    yield opened
    opened.store.close()
