# SPDX-License-Identifier: AGPL-3.0-or-later
"""The XBlocks: a quiz and a case study."""
