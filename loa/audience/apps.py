from django.apps import AppConfig


class AudienceConfig(AppConfig):
    name = "loa.audience"
