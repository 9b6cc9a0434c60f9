"""What pages and the theme may say.

mkdocs-macros imports this package by its name and calls `define_env`. It hides the reason when an
import fails, so the imports stand where their failure can be told.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_macros.plugin import MacrosPlugin


def define_env(env: "MacrosPlugin") -> None:
    """Let the plugin render pages in our sandbox, with our variables and macros alone."""
    from mkdocs.exceptions import PluginError

    try:
        from macros.plugin import install
    except ImportError as error:
        raise PluginError(f"the folder macros/ cannot be loaded: {error}") from error
    install(env)
