# SPDX-License-Identifier: AGPL-3.0-or-later
"""The classroom: a local server that loads the very archive that administrators import into Open edX."""
