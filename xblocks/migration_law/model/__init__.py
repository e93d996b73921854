# SPDX-License-Identifier: AGPL-3.0-or-later
"""What questions, quizzes, cases, courses and law are: read from plain data, shown without the key, marked."""
