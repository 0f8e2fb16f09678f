package org.pagexplorer.architecture.violations.ui.shell;

public final class Harmless {}
