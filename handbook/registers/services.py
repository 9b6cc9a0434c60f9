"""Services of others that the handbook uses, as `organization.yml` names them: mail, sign-in, a form."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from handbook.registers.field_types import FieldName, Line, MailAddress, MailVariable, Port, WebAddress
from handbook.yaml.record import Record, RecordProblem


class MailServer(Record):
    """The server that sends reminders. The environment holds user name and password, under these names."""

    host: Line = Field(examples=["mail.example.org"], description="The name of the server.")
    port: Port = Field(
        examples=["587"], description="The port of the server, usually 587 with starttls and 465 with tls."
    )
    security: Literal["none", "starttls", "tls"] = Field(
        examples=["starttls"],
        description="How the connection is encrypted. With a password, it has to be starttls or tls.",
    )
    sender: MailAddress = Field(
        examples=["handbook@example.org"], description="The mail address from which reminders come."
    )
    user_variable: MailVariable | None = Field(
        default=None,
        examples=["HANDBOOK_MAIL_USER"],
        description="The environment variable with the user name, never the name itself.",
    )
    password_variable: MailVariable | None = Field(
        default=None,
        examples=["HANDBOOK_MAIL_PASSWORD"],
        description="The environment variable with the password, never the password itself.",
    )

    def problems(self) -> Iterator[RecordProblem]:
        """Find half a login, and a password that would be sent unencrypted."""
        if (self.user_variable is None) is not (self.password_variable is None):
            yield (), "names only one of user_variable and password_variable; name both or neither"
        if self.password_variable and self.security == "none":
            yield ("security",), "is `none`, which shows the password to the network; write starttls or tls"


class Editor(Record):
    """How people sign in to the editor under /edit/, if not with a token of their own, and where it saves."""

    not_reviewed = frozenset({"sign_in_address", "application", "branch"})

    sign_in_address: WebAddress | None = Field(
        default=None,
        examples=["https://sign-in.example.org/auth"],
        description="On GitHub, the address of the helper that gives the editor a token.",
    )
    application: Line | None = Field(
        default=None,
        examples=["3f1c9e"],
        description="On GitLab or Forgejo, the identifier of the OAuth application for the editor.",
    )
    branch: Line | None = Field(
        default=None,
        examples=["edits"],
        description="On Forgejo, the branch that the editor saves to, from which somebody merges.",
    )


class QuestionForm(Record):
    """A form for questions that a page does not answer, with the names of fields that the link fills in."""

    not_reviewed = frozenset({"address", "page", "edition", "query"})

    address: WebAddress = Field(
        examples=["https://forms.example.org/question"],
        description="The address of the form, without `#`.",
    )
    query: FieldName = Field(
        examples=["entry.3"], description="The name of the field for what somebody looked for."
    )
    page: FieldName | None = Field(
        default=None, examples=["entry.1"], description="The name of the field for the page."
    )
    edition: FieldName | None = Field(
        default=None, examples=["entry.2"], description="The name of the field for the edition."
    )

    def problems(self) -> Iterator[RecordProblem]:
        """Find an address at which no field could be filled in, and fields with the same name."""
        names = [name for name in (self.page, self.edition, self.query) if name]
        if len(set(names)) < len(names):
            yield (
                ("query",),
                "and the other fields need a name each; copy them from a form that was filled in",
            )
        if "#" in self.address:
            yield (
                ("address",),
                "has a `#`, behind which no field can be filled in; take it out with what follows",
            )


class Inbox(Record):
    """Where questions go that a page does not answer, if not to the mailbox of its contact."""

    not_reviewed = frozenset({"form"})

    form: QuestionForm = Field(
        examples=["{address: https://forms.example.org/question, query: entry.3}"],
        description="A form that people fill in instead of writing a mail.",
    )
