"""GOV.UK components and form rendering."""

from django.forms.renderers import TemplatesSetting


class GovukRenderer(TemplatesSetting):
    """Renders forms in the design system's markup."""
