"""What pages and the theme may say.

mkdocs-macros imports this package by its name and calls `define_env`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_macros.plugin import MacrosPlugin


def define_env(env: "MacrosPlugin") -> None:
    """Make the plugin render pages in our sandbox, with our variables and macros only."""
    # mkdocs-macros hides the reason if this package cannot be imported; here, the reason is printed.
    from mkdocs.exceptions import PluginError

    try:
        from macros.plugin import install
    except ImportError as error:
        raise PluginError(f"the folder macros/ cannot be loaded: {error}") from error
    install(env)
