"""The kinds of arrays the rules reckon with; rows are sessions, columns are series."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Wholes = NDArray[np.int64]
Smalls = NDArray[np.int8]
Numbers = Floats | Wholes | Smalls
