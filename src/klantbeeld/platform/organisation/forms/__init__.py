"""Forms of the settings: they read what was typed; the actions decide."""

from django.forms import BaseForm

from klantbeeld.platform.kernel.errors import Invalid, Refused


def show(form: BaseForm, problem: Refused) -> None:
    """Put what an action refused beside the fields it is about, the rest above the form."""
    errors = problem.errors if isinstance(problem, Invalid) else {"": [problem.message]}
    for name, texts in errors.items():
        for text in texts:
            form.add_error(name if name in form.fields else None, str(text))
