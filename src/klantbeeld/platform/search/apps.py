from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "klantbeeld.platform.search"
    label = "search"

    def ready(self) -> None:
        from klantbeeld.platform.records.writing import follow
        from klantbeeld.platform.search.indexing import index
        from klantbeeld.platform.search.sealing import put_on
        from klantbeeld.platform.search.searchable import is_looked_at
        from klantbeeld.platform.tenancy import sealing

        sealing.register("search", put_on)
        follow("search", index, is_looked_at)
