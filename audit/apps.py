from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = "Logg"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from audit import checks, logged, triggers

        checks.connect()
        logged.register_all()
        post_migrate.connect(triggers.reinstall, sender=self)
