"""The secret of this run by which keys are hashed."""

import os

SEED = os.urandom(16)
