from django.apps import AppConfig


class FormulasConfig(AppConfig):
    name = "klantbeeld.platform.formulas"
    label = "formulas"
