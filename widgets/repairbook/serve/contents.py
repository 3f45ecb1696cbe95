"""The workbooks as JupyterLab sees them: opened, run, and never changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from jupyter_server.services.contents.checkpoints import Checkpoints
from jupyter_server.services.contents.largefilemanager import LargeFileManager

_NEVER = {"id": "none", "last_modified": datetime(1970, 1, 1, tzinfo=UTC)}


class NoCheckpoints(Checkpoints):
    """Keep no copies: a copy of a page could hold what somebody wrote."""

    def create_checkpoint(self, contents_mgr: Any, path: str) -> dict[str, Any]:
        """Keep nothing."""
        return dict(_NEVER)

    def restore_checkpoint(self, contents_mgr: Any, checkpoint_id: str, path: str) -> None:
        """Change nothing."""

    def list_checkpoints(self, path: str) -> list[dict[str, Any]]:
        """Have nothing."""
        return []

    def rename_checkpoint(self, checkpoint_id: str, old_path: str, new_path: str) -> None:
        """Change nothing."""

    def delete_checkpoint(self, checkpoint_id: str, path: str) -> None:
        """Change nothing."""


class ShippedWorkbooks(LargeFileManager):
    """Save a workbook without anything it showed."""

    checkpoints_class = NoCheckpoints

    def run_pre_save_hooks(self, model: dict[str, Any], path: str, **kwargs: Any) -> None:
        """Take out every output before a file is written: it can hold what somebody typed."""
        content = model.get("content") if model.get("type") == "notebook" else None
        for cell in (content or {}).get("cells", ()):
            if cell.get("cell_type") == "code":
                cell["outputs"], cell["execution_count"] = [], None
        if content:
            content.get("metadata", {}).pop("widgets", None)
        super().run_pre_save_hooks(model=model, path=path, **kwargs)  # type: ignore[no-untyped-call]
