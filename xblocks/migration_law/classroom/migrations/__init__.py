# SPDX-License-Identifier: AGPL-3.0-or-later
"""The history of the classroom's tables."""
