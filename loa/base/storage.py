"""Static files as production serves them: compressed, named by their content, far-dated."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Also the modules that a module imports are asked for by the name of their content."""

    support_js_module_import_aggregation = True
