# SPDX-License-Identifier: AGPL-3.0-or-later
"""The benchmark: this course's blocks and build against public peers, in one run, as ratios."""
