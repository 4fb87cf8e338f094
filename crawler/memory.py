"""Ends a crawl whose process holds too much memory."""

import psutil
from scrapy.extensions.memusage import MemoryUsage


class ResidentMemory(MemoryUsage):
    """Looks at what is held now; Scrapy's own looks at the peak, which is inherited from the forking process."""

    def get_virtual_size(self) -> int:
        return int(psutil.Process().memory_info().rss)
