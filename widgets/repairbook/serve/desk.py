"""JupyterLab as we start it: itself only, with no settings but our own."""

from __future__ import annotations

import signal
from typing import Any

from jupyter_server.serverapp import ServerApp
from jupyterlab.labapp import LabApp  # type: ignore[import-untyped]

from repairbook.serve.logbook import quiet


class OwnServer(ServerApp):
    """A Jupyter server that reads no settings files, and stops at the first Ctrl-C without asking."""

    def load_config_file(self, *args: Any, **kwargs: Any) -> None:
        """Read no settings but our own."""

    def init_signal(self) -> None:
        """Stop when asked."""
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._asked_to_stop)

    def _asked_to_stop(self, *_: Any) -> None:
        self.stop(from_signal=True)


class OwnLab(LabApp):  # type: ignore[misc]
    """JupyterLab without terminals and without what else is installed beside it."""

    load_other_extensions = False
    serverapp_class = OwnServer

    @classmethod
    def get_extension_package(cls) -> str:
        """Stay JupyterLab's own extension, though the class is ours."""
        return "jupyterlab"


def desk(config: Any) -> OwnServer:
    """Prepare JupyterLab, writing its log to our file only."""
    LabApp.load_config_file = _read_nothing
    config.ServerApp.log_level = config.LabApp.log_level = "WARN"
    server = OwnLab.initialize_server(argv=[], config=config)
    quiet(server)
    for apps in server.extension_manager.extension_apps.values():
        for app in apps:
            quiet(app)
    return server  # type: ignore[no-any-return]


def _read_nothing(self: LabApp, *args: Any, **kwargs: Any) -> None:
    """Read no settings but our own."""
