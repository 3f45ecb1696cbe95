"""The running workbooks: whose they are, how many there may be, what they may know."""

from __future__ import annotations

import sys
from contextvars import ContextVar
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from traitlets import Instance, Int, Unicode

from repairbook.home import Home, default_home
from repairbook.serve.environment import kernel_environment
from repairbook.serve.identity import LOCAL

KERNEL = "python3"
VISITOR: ContextVar[str] = ContextVar("visitor", default=LOCAL)


class HouseFull(HTTPError):
    """As many workbooks are open as this computer was said to carry."""

    def __init__(self) -> None:
        super().__init__(503, reason="Full")


class OwnedKernels(AsyncMappingKernelManager):
    """Start workbooks for their owner, in a clean environment, and not too many."""

    max_kernels = Int(12, config=True, help="How many workbooks may be open at once.")
    home = Instance(Home, config=True, help="The data home the workbooks write to.")
    place = Unicode("voila", config=True, help="Where the workbooks are opened: voila or lab.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        self.owners: dict[str, str] = {}
        self._starting = 0

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]
        """Start one workbook for the visitor, unless the house is full."""
        if len(self) + self._starting >= self.max_kernels:
            raise HouseFull
        kwargs["env"] = kernel_environment(kwargs.get("env") or {}, self.home or default_home(), self.place)
        self._starting += 1
        try:
            started: str = await self._async_start_kernel(**kwargs)
        finally:
            self._starting -= 1
        self.owners[started] = VISITOR.get()
        return started

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a workbook that is closed, and whose it was."""
        self.owners.pop(kernel_id, None)
        return super().remove_kernel(kernel_id)


class OneKernel(KernelSpecManager):
    """Know one kernel only: this very Python, without the person's start-up files and history."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Give the kernel, whatever others are installed."""
        if kernel_name != KERNEL:
            raise NoSuchKernel(kernel_name)
        launch = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(
            argv=[*launch, "--HistoryManager.enabled=False"],
            display_name="Repairbook",
            language="python",
            metadata={"debugger": False},
        )

    def find_kernel_specs(self) -> dict[str, str]:
        """Name the one kernel."""
        return {KERNEL: ""}

    def get_all_specs(self) -> dict[str, Any]:
        """Describe the one kernel."""
        return {KERNEL: {"resource_dir": "", "spec": self.get_kernel_spec(KERNEL).to_dict()}}
