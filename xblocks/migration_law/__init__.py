# SPDX-License-Identifier: AGPL-3.0-or-later
"""A course on international migration law: its model, its sources, its archive, its blocks and its classroom."""

__version__ = "0.1.0"
