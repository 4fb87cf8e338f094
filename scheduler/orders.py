"""What a run is told for a task: the crawl itself, and the order with the addresses only the run may know."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jobalerts import task_tokens
from jobalerts.config import Settings
from jobalerts.runs import RunOrder
from jobalerts.sql.boards import Board
from jobalerts.sql.tasks import Task

TOKEN_SPARE_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """Makes jobs and orders; `key` signs the tokens runs report with."""

    settings: Settings
    key: str

    def job(self, task: Task, board: Board) -> Mapping[str, Any]:
        """The crawl, without any credential."""
        return {
            "source": board.source,
            "token": board.token,
            "company": task.args.get("company") or board.company,
            "job_type": task.args.get("job_type"),
            "location": task.args.get("location"),
            "base_url": board.base_url,
            "contact": self.settings.operator_contact,
            "max_bytes": self.settings.crawl_max_bytes,
            "time_limit": self.settings.crawl_time_limit,
            "hosts": str(self.settings.hosts),
            "host_requests": self.settings.crawl_host_requests,
            "host_delay": self.settings.crawl_host_delay,
        }

    def order(self, task: Task, board: Board) -> RunOrder:
        limit = self.settings.job_timeout
        return RunOrder(
            board=board.id,
            epoch=task.epoch,
            mongodb_url=self.settings.mongodb_url.get_secret_value(),
            mongodb_database=self.settings.mongodb_database,
            time_limit=limit,
            task_id=task.task_id,
            is_demo=board.is_demo,
            is_filtered=bool(task.args.get("job_type") or task.args.get("location")),
            report_url=f"{self.settings.site}/api/v1/tasks/{task.task_id}",
            token=task_tokens.issue(self.key, task.task_id, task.epoch, limit + TOKEN_SPARE_S),
        )
