# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of the classroom: accounts, the loaded course, and what each learner did in it."""
from __future__ import annotations

import uuid
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower


class Role(StrEnum):
    """What an account may do."""

    TRAINEE = "trainee"
    INSTRUCTOR = "instructor"
    ADMINISTRATOR = "administrator"


ROLES = [(role.value, role.value.title()) for role in Role]


def new_anonymous_id() -> str:
    """A name for a learner that tells nothing about the person."""
    return uuid.uuid4().hex


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by name, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """A person who may log in."""

    username = models.CharField(max_length=150, unique=True, validators=[UnicodeUsernameValidator()])
    full_name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=20, choices=ROLES, default=Role.TRAINEE.value)
    group = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    must_change = models.BooleanField(default=False)
    anonymous_id = models.CharField(max_length=32, unique=True, default=new_anonymous_id, editable=False)
    last_unit = models.CharField(max_length=255, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("full_name",)
    objects = AccountManager()

    class Meta:
        ordering = ("full_name", "username")
        constraints = (models.UniqueConstraint(Lower("username"), name="account_username_any_case"),)

    def __str__(self) -> str:
        return f"{self.full_name} ({self.username})"

    @property
    def is_staff(self) -> bool:
        """Whether this account teaches or administers."""
        return self.role != Role.TRAINEE

    @property
    def is_superuser(self) -> bool:
        """Whether this account administers."""
        return self.role == Role.ADMINISTRATOR


class Course(models.Model):
    """The one course of this data folder, as its archive describes it."""

    key = models.CharField(max_length=255, unique=True)
    digest = models.CharField(max_length=80)
    version = models.PositiveIntegerField(default=1)
    data = models.JSONField(default=dict)
    loaded = models.DateTimeField(auto_now=True)


class Block(models.Model):
    """One part of the course, with its content and settings as JSON."""

    usage = models.CharField(max_length=255, primary_key=True)
    type = models.CharField(max_length=100)
    parent = models.CharField(max_length=255, blank=True)
    position = models.PositiveIntegerField()
    fields: Any = models.JSONField(default=dict)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ("position",)


class LearnerState(models.Model):
    """The fields of one scope that belong to one learner, or to nobody in particular."""

    account = models.ForeignKey(Account, models.PROTECT, null=True, db_index=False)
    scope = models.CharField(max_length=20)
    key = models.CharField(max_length=255, blank=True)
    data = models.JSONField(default=dict)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["account", "scope", "key"], name="state_one_row"),
            models.UniqueConstraint(
                fields=["scope", "key"], condition=models.Q(account=None), name="state_one_shared_row"
            ),
        )


class Grade(models.Model):
    """The score of one learner in one block, before the block's weight."""

    account = models.ForeignKey(Account, models.PROTECT, db_index=False)
    usage = models.CharField(max_length=255)
    earned = models.FloatField()
    possible = models.FloatField()
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "usage"], name="grade_one_row"),)


class Completion(models.Model):
    """How far one learner has come in one block, from 0 to 1."""

    account = models.ForeignKey(Account, models.PROTECT, db_index=False)
    usage = models.CharField(max_length=255)
    value = models.FloatField()
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "usage"], name="completion_one_row"),)
